import { type Signal, signal } from '@preact/signals';
import { type ErrorCode, FindlingError } from '../../errors.ts';
import type { ConnectionEvents } from '../../storage/notes/index.ts';
import type { Notice } from '../core/engine-types.ts';
import { errorText } from '../core/errors-text.ts';
import { draftsLost, flushDrafts } from '../editor/drafts.ts';
import { W } from './words.ts';

export interface StorageWatch {
  /** What happened to the stored notes, in words. It goes before what the engine has to say. */
  notice: Signal<Notice | null>;
  connection: ConnectionEvents;
  /** Says something else that happened to them, until it is taken back. */
  say(text: string): void;
}

/** Tells what happened to the stored notes. `onCleared`: the databases are new and empty. */
export function watchStorage(onCleared: () => void): StorageWatch {
  const notice = signal<Notice | null>(null);
  let passing = false;
  const alert = (code: ErrorCode): void => {
    notice.value = { kind: 'alert', text: errorText(new FindlingError(code)) };
    passing = code === 'storage-closed' || code === 'storage-blocked';
  };
  const say = (text: string): void => {
    const dismiss = (): void => {
      notice.value = null;
    };
    passing = false;
    notice.value = { kind: 'alert', text, dismiss };
  };
  return {
    notice,
    say,
    connection: {
      onBlocked: () => alert('storage-blocked'),
      beforeUpgrade: flushDrafts,
      onLost(why) {
        if (why === 'upgrade') alert('protocol-mismatch');
        // Deleted by another tab: the session shows another workspace, and says so.
        else if (why === 'deleted') return;
        // Both databases go together; the first to be back may have told already.
        else if (!notice.peek()) alert('storage-closed');
      },
      onBack(cleared) {
        if (cleared) {
          passing = false;
          say(W.storageCleared);
          draftsLost();
          onCleared();
        } else if (passing) {
          passing = false;
          notice.value = null;
        }
      },
    },
  };
}
