import { isTabsMessage } from '../../messages.ts';
import { TABS_CHANNEL, type TabsMessage } from '../../protocol.ts';

/** How long other tabs are given to let go of a workspace, ms. */
const LET_GO_MS = 1_500;
/** How long a tab that has let go waits to hear that it is gone, ms. */
const GONE_MS = 15_000;

export interface TabsEvents {
  /** Another tab deletes this workspace: a tab that shows it lets go and shows another. */
  workspaceDeleting(workspace: string): void;
  /** Another tab deletes everything: ends what this tab has open. */
  letGo(): void;
  /** Starts this tab again, once everything is deleted. */
  again(): void;
  /** The list of workspaces was changed by another tab. */
  listChanged(): void;
}

export interface Tabs {
  /**
   * Other tabs let go first, then `work` deletes the workspace, or everything where it is null;
   * then they are told that it is done.
   */
  deleting(workspace: string | null, work: () => Promise<void>): Promise<void>;
  /** Other tabs read the list of workspaces again. */
  listChanged(): void;
}

/** What tabs tell each other, whatever workspace they show. */
export function openTabs({ workspaceDeleting, letGo, again, listChanged }: TabsEvents): Tabs {
  const channel = new BroadcastChannel(TABS_CHANNEL);
  let waiting = false;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isTabsMessage(data)) return;
    if (data.t === 'closing' && data.workspace === null) {
      waiting = true;
      // The deleting tab may be closed before it is done: then all begins with what is left.
      setTimeout(again, GONE_MS);
      letGo();
    } else if (data.t === 'closed' && data.workspace === null) {
      if (waiting) again();
    } else {
      if (data.t === 'closing' && data.workspace !== null) workspaceDeleting(data.workspace);
      listChanged();
    }
  };
  const post = (message: TabsMessage): void => channel.postMessage(message);
  return {
    async deleting(workspace, work) {
      post({ t: 'closing', workspace });
      await new Promise((resolve) => setTimeout(resolve, LET_GO_MS));
      await work();
      post({ t: 'closed', workspace });
    },
    listChanged: () => post({ t: 'workspaces' }),
  };
}
