import { type Signal, signal } from '@preact/signals';
import { type ErrorCode, FindlingError } from '../errors.ts';
import type { ConnectionEvents } from '../storage/notes/index.ts';
import { draftsLost, flushDrafts } from './editor/drafts.ts';
import type { Notice } from './engine/types.ts';
import { errorText } from './errors-text.ts';
import { S } from './strings.ts';

export interface StorageWatch {
  /** What befell the stored notes, in words. It goes before what the engine has to say. */
  notice: Signal<Notice | null>;
  connection: ConnectionEvents;
}

/** Tells what befell the stored notes. `onCleared`: the databases are new and empty. */
export function watchStorage(onCleared: () => void): StorageWatch {
  const notice = signal<Notice | null>(null);
  let passing = false;
  const alert = (code: ErrorCode): void => {
    notice.value = { kind: 'alert', text: errorText(new FindlingError(code)) };
    passing = code === 'storage-closed' || code === 'storage-blocked';
  };
  return {
    notice,
    connection: {
      onBlocked: () => alert('storage-blocked'),
      beforeUpgrade: flushDrafts,
      onLost(why) {
        if (why === 'upgrade') alert('protocol-mismatch');
        // Both databases go together; the first to be back may have told already.
        else if (!notice.peek()) alert('storage-closed');
      },
      onBack(cleared) {
        if (cleared) {
          passing = false;
          const dismiss = (): void => {
            notice.value = null;
          };
          notice.value = { kind: 'alert', text: S.storageCleared, dismiss };
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
