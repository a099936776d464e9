import { isTabsMessage } from '../messages.ts';
import { TABS_CHANNEL, type TabsMessage } from '../protocol.ts';

/** How long other tabs are given to let go, and how long one that has let go waits for the end, ms. */
const LET_GO_MS = 1_500;
const GONE_MS = 15_000;

export interface TabsEvents {
  /** Whether this tab shows the workspace; null is everything. */
  shows(workspace: string | null): boolean;
  /** Ends what this tab has open. */
  letGo(workspace: string | null): Promise<void>;
  /** Starts this tab anew. */
  again(): void;
}

/** What tabs must know of each other when a workspace, or everything, is deleted. */
export function openTabs({ shows, letGo, again }: TabsEvents): {
  /** Other tabs let go first, then `work` deletes it, then they start anew. */
  deleting(workspace: string | null, work: () => Promise<void>): Promise<void>;
} {
  const channel = new BroadcastChannel(TABS_CHANNEL);
  let waiting = false;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isTabsMessage(data)) return;
    if (data.t === 'closing' && shows(data.workspace)) {
      waiting = true;
      // The deleting tab may be closed before it is done: then all begins with what is left.
      setTimeout(again, GONE_MS);
      void letGo(data.workspace);
    } else if (data.t === 'closed' && waiting) {
      again();
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
  };
}
