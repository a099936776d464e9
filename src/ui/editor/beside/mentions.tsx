import { useEffect, useState } from 'preact/hooks';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { useApp } from '../../core/context.ts';
import { errorText } from '../../core/errors-text.ts';
import { S, shown } from '../../core/strings.ts';
import { toast } from '../../core/toasts.tsx';
import { Excerpts } from './excerpts.tsx';
import { findMentions, linkMention, type Mentioning } from './find-mentions.ts';
import { L } from './mention-words.ts';
import { NoteItem } from './note-item.tsx';
import './mentions.css';

/** Notes shown. */
const SHOWN = 20;

/** Notes that name this one without a link; looked for when they are asked for. */
export function Mentions({ note }: { note: NoteMeta }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="mentions" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{L.unlinked}</summary>
      {open && <List key={note.id} note={note} />}
    </details>
  );
}

function List({ note }: { note: NoteMeta }) {
  const ctx = useApp();
  const [found, setFound] = useState<Mentioning[] | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const look = async (): Promise<void> => {
      const next: Mentioning[] = [];
      for await (const one of findMentions(ctx, note, signal)) {
        next.push(one);
        if (next.length === SHOWN) break;
      }
      if (!signal.aborted) setFound(next);
    };
    look().catch((thrown) => {
      if (!signal.aborted) toast(errorText(thrown));
    });
    return () => controller.abort();
  }, [note.id, note.title, times]);
  if (!found) return <p class="quiet more">{S.loading}</p>;
  if (found.length === 0) return <p class="quiet more">{L.none}</p>;
  const link = async (one: Mentioning, at: number): Promise<void> => {
    try {
      await linkMention(ctx, note, one, one.mentions[at]!);
      setTimes(times + 1);
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  return (
    <ul aria-label={L.unlinked} class="related">
      {found.map((one) => (
        <NoteItem key={one.note.id} id={one.note.id} title={one.note.title} path={one.note.path}>
          {one.mentions.map(({ from, excerpt }, at) => (
            <div key={from} class="mention">
              <Excerpts says={[excerpt]} />
              <button
                type="button"
                class="button small"
                aria-label={L.linkIn(shown(one.note.title))}
                onClick={() => void link(one, at)}
              >
                {L.link}
              </button>
            </div>
          ))}
        </NoteItem>
      ))}
    </ul>
  );
}
