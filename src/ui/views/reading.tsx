import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { imageUrl } from '../editor/images.ts';
import { followLink } from '../editor/links.ts';
import { readMarkdown } from '../editor/read-markdown.ts';
import { useNoteList } from '../note-list.ts';
import { noteNamed } from '../note-names.ts';
import { noteHref } from '../router.ts';
import { S } from '../strings.ts';
import '../styles/reading.css';
import { drawMarkdown } from './draw-markdown.tsx';

/** Longer texts are not laid out whole, UTF-16 units. */
const LONGEST = 400_000;

interface Props {
  text: string;
  /** Ticks or unticks the box at this position; absent where nothing may be changed. */
  onTask?: (at: number) => void;
}

/**
 * A note to be read. Every element is made by name from a short list, none from HTML: there is
 * nothing in a note that could run.
 */
export function Reading({ text, onTask }: Props) {
  const ctx = useApp();
  const { notes } = useNoteList();
  const tokens = useMemo(() => (text.length > LONGEST ? null : readMarkdown(text)), [text]);
  if (!tokens) return <p class="quiet reading">{S.tooLongToRead}</p>;
  if (!text.trim()) return <p class="quiet reading">{S.nothingToRead}</p>;
  return (
    <div class="reading" dir="auto">
      {drawMarkdown(tokens, {
        text,
        onTask,
        image: (address, alt) => <KeptImage address={address} alt={alt} />,
        noteLink(target, children: ComponentChildren) {
          const found = notes && noteNamed(notes, target);
          const known = !notes || found;
          return (
            <a
              class={known ? undefined : 'missing'}
              href={found ? noteHref(found.id) : '#/notes'}
              title={known ? undefined : S.createNote}
              onClick={(event) => {
                if (found) return;
                event.preventDefault();
                void followLink(ctx, target, 'name');
              }}
            >
              {children}
            </a>
          );
        },
      })}
    </div>
  );
}

function KeptImage({ address, alt }: { address: string; alt: string }) {
  const ctx = useApp();
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let here = true;
    void imageUrl(ctx, address).then((found) => {
      if (here) setUrl(found);
    });
    return () => {
      here = false;
    };
  }, [address]);
  if (url === null) return <span class="quiet">[{alt || S.imageGone}]</span>;
  return url ? <img src={url} alt={alt} /> : null;
}
