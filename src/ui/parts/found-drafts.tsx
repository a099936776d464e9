import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { FoundDraft } from '../editor/journal/replay.ts';
import { settleFound } from '../editor/journal/session.ts';
import { errorText } from '../errors-text.ts';
import { dateLang, exactDate } from '../format.ts';
import { P } from '../page-strings.ts';
import { go, noteHref } from '../router.ts';
import { S, shown } from '../strings.ts';
import { toast } from '../toasts.tsx';

/** Text that was typed in a tab that ended, and that belongs to no note: kept or discarded here. */
export function FoundDrafts({ found }: { found: readonly FoundDraft[] }) {
  return (
    <section class="found-drafts banner" role="status" aria-label={P.foundDrafts}>
      <h2>{P.foundDrafts}</h2>
      <p>{P.foundDraftsHint}</p>
      <ul>
        {found.map((one) => (
          <li key={one.key}>
            <Found found={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Found({ found }: { found: FoundDraft }) {
  const { notes, engine, newId, journal } = useApp();
  const [busy, setBusy] = useState(false);
  const { title, text, at } = found;
  const keep = async () => {
    setBusy(true);
    try {
      const id = newId();
      const by = { tab: journal.tab, seq: journal.next() };
      await notes.save({ id, title, text, baseRevision: 0, by });
      settleFound(found);
      engine.noteSaved(id);
      toast(P.draftKept, { label: S.openNote, run: () => go(noteHref(id)) });
    } catch (thrown) {
      toast(errorText(thrown));
      setBusy(false);
    }
  };
  return (
    <>
      <details>
        <summary dir="auto">
          {shown(title || text.trim().slice(0, 80))}{' '}
          <span class="quiet" lang={dateLang()}>
            {exactDate(at)}
          </span>
        </summary>
        <pre dir="auto">{text}</pre>
      </details>
      <p class="ways">
        <button type="button" class="button small primary" disabled={busy} onClick={keep}>
          {P.keepDraft}
        </button>
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => {
            const run = settleFound(found);
            toast(P.leftOverDiscarded, { label: S.undo, run });
          }}
        >
          {P.discardDraft}
        </button>
      </p>
    </>
  );
}
