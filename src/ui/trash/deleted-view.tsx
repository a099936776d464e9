import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TrashEntry } from '../../storage/notes/index.ts';
import { rem } from '../core/appearance.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { dateLang, exactDate, plainDate } from '../core/format.ts';
import { P } from '../core/page-strings.ts';
import { narrow } from '../core/parts/narrow.ts';
import { TypedConfirmation } from '../core/parts/typed-confirmation.tsx';
import { useAsked } from '../core/parts/use-asked.ts';
import { VirtualList } from '../core/parts/virtual-list.tsx';
import { pageHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { deleteForGood } from './delete-for-good.ts';
import { DeletedText, SureDialog } from './deleted-dialogs.tsx';
import { L } from './later-words.ts';
import { restoreNote } from './remove-with-undo.ts';
import { useTrash } from './use-trash.ts';
import './deleted.css';

/** As in deleted.css, rem: on a phone the buttons stand below. */
const ROW_HEIGHT = { wide: 3.75, narrow: 6.5 };

interface About {
  what: 'text' | 'sure';
  entry: TrashEntry;
}

/** Notes that were deleted and can still be restored. */
export function DeletedView() {
  const ctx = useApp();
  const { entries, error } = useTrash();
  const { asked, ask, closed } = useAsked<About>();
  /** The row that is read and tabbed from once the present one is gone. */
  const next = useRef<string | null>(null);

  useLayoutEffect(() => {
    const id = next.current;
    next.current = null;
    if (id === null || !entries) return;
    const row = document.querySelector<HTMLElement>(`[data-deleted="${CSS.escape(id)}"]`);
    (row ?? document.querySelector('main'))?.focus();
  }, [entries]);

  if (error) return <p role="alert">{error}</p>;
  if (!entries) return <p class="quiet pad">{S.loading}</p>;

  const leave = ({ id }: TrashEntry): void => {
    const at = entries.findIndex((entry) => entry.id === id);
    next.current = (entries[at + 1] ?? entries[at - 1])?.id ?? '';
    if (asked) closed(asked.nth);
  };
  const restore = async (entry: TrashEntry): Promise<void> => {
    leave(entry);
    await restoreNote(ctx, entry.id);
  };
  const forGood = async (entry: TrashEntry): Promise<void> => {
    leave(entry);
    try {
      await deleteForGood(ctx, [entry]);
      toast(L.deletedForGood(shown(entry.meta.title)));
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  const all = async (): Promise<void> => {
    const gone = await deleteForGood(ctx, entries);
    toast(L.deletedAllForGood(gone.length));
  };

  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.recentlyDeleted}</h1>
        <p class="quiet">
          {S.noteCount(entries.length)} <a href={pageHref('notes')}>{S.backToNotes}</a>
        </p>
      </header>
      <p class="quiet">{entries.length === 0 ? L.nothingDeleted : L.deletedHint}</p>
      {entries.length > 0 && (
        <p class="ways">
          <TypedConfirmation
            name={L.deleteAllForGood}
            hint={L.deleteAllForGoodHint(entries.length)}
            label={P.deleteAllType}
            word={P.deleteAllWord}
            run={all}
          />
        </p>
      )}
      <VirtualList
        items={entries}
        rowHeight={rem.value * (narrow.value ? ROW_HEIGHT.narrow : ROW_HEIGHT.wide)}
        label={S.recentlyDeleted}
        keyOf={({ id }) => id}
      >
        {(entry) => (
          <Row
            entry={entry}
            now={ctx.now()}
            onText={() => ask({ what: 'text', entry })}
            onRestore={() => void restore(entry)}
            onForGood={() => ask({ what: 'sure', entry })}
          />
        )}
      </VirtualList>
      {asked?.about.what === 'text' && (
        <DeletedText
          key={asked.nth}
          entry={asked.about.entry}
          onRestore={() => void restore(asked.about.entry)}
          onForGood={() => ask({ what: 'sure', entry: asked.about.entry })}
          onClose={() => closed(asked.nth)}
        />
      )}
      {asked?.about.what === 'sure' && (
        <SureDialog
          key={asked.nth}
          title={shown(asked.about.entry.meta.title)}
          onSure={() => void forGood(asked.about.entry)}
          onClose={() => closed(asked.nth)}
        />
      )}
    </div>
  );
}

interface RowProps {
  entry: TrashEntry;
  /** Epoch ms. */
  now: number;
  onText(): void;
  onRestore(): void;
  onForGood(): void;
}

function Row({ entry: { id, meta, at, goes }, now, onText, onRestore, onForGood }: RowProps) {
  const name = `deleted-${id}`;
  return (
    <div class="deleted-row">
      <button
        type="button"
        id={name}
        class="deleted-title"
        data-deleted={id}
        dir="auto"
        title={L.showDeleted}
        onClick={onText}
      >
        {shown(meta.title)}
      </button>
      <span class="deleted-dates" lang={dateLang()}>
        <span title={exactDate(at)}>{L.deletedOn(plainDate(at))}</span>
        {' · '}
        <span title={exactDate(goes)}>
          {goes > now ? L.keptUntil(plainDate(goes)) : L.goesSoon}
        </span>
      </span>
      <span class="deleted-acts">
        <button type="button" class="button small" aria-describedby={name} onClick={onRestore}>
          {S.restore}
        </button>
        <button
          type="button"
          class="button small danger"
          aria-describedby={name}
          onClick={onForGood}
        >
          {L.deleteForGood}
        </button>
      </span>
    </div>
  );
}
