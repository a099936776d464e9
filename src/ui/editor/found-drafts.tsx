import { useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { dateLang, exactDate } from '../core/format.ts';
import { P } from '../core/page-strings.ts';
import { go, noteHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { L } from './found-draft-words.ts';
import type { FoundDraft } from './journal/replay.ts';
import { settleFound } from './journal/session.ts';
import { W } from './words.ts';
import './found-drafts.css';

/** Text that was typed in a tab that ended, and that belongs to no note: kept or discarded here. */
export function FoundDrafts({ found }: { found: readonly FoundDraft[] }) {
  return (
    <section class="found-drafts banner" role="status" aria-label={L.foundDrafts}>
      <h2>{L.foundDrafts}</h2>
      <p>{L.foundDraftsHint}</p>
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
      toast(L.draftKept, { label: W.openNote, run: () => go(noteHref(id)) });
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
          {L.keepDraft}
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
          {L.discardDraft}
        </button>
      </p>
    </>
  );
}
