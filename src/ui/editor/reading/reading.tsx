import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp } from '../../core/context.ts';
import { imageUrl } from '../../core/images.ts';
import { P } from '../../core/page-strings.ts';
import { noteHref } from '../../core/router.ts';
import { useNoteList } from '../../notes/note-list.ts';
import { followLink } from '../links.ts';
import { noteNamed } from '../note-names.ts';
import { W } from '../words.ts';
import { L } from './later-words.ts';
import { readMarkdown } from './read-markdown.ts';
import './reading.css';
import { drawMarkdown } from './draw-markdown.tsx';

/** Longest text shown in the reading view, UTF-16 units. */
const LONGEST = 400_000;

/** As in reading.css, ms. */
const LIT_MS = 2_500;

interface Props {
  text: string;
  /**
   * A passage to be brought into sight and lit for a moment, UTF-16 units; another object for each.
   */
  lit?: readonly [number, number] | null;
  /** Ticks or unticks the box at this position; absent where nothing may be changed. */
  onTask?: (at: number) => void;
}

/**
 * A note to be read. Every element is made by name from a short list, none from HTML: there is
 * nothing in a note that could run.
 */
export function Reading({ text, lit, onTask }: Props) {
  const ctx = useApp();
  const host = useRef<HTMLDivElement>(null);
  const { notes } = useNoteList();
  const tokens = useMemo(() => (text.length > LONGEST ? null : readMarkdown(text)), [text]);
  useEffect(() => {
    const passage = lit && host.current && blockAt(host.current, lineOf(text, lit[0]));
    if (!passage) return;
    passage.scrollIntoView({ block: 'center' });
    passage.classList.add('lit');
    const timer = setTimeout(() => passage.classList.remove('lit'), LIT_MS);
    return () => clearTimeout(timer);
  }, [lit]);
  if (!tokens) return <p class="quiet reading">{L.tooLongToRead}</p>;
  if (!text.trim()) return <p class="quiet reading">{P.nothingToRead}</p>;
  return (
    <div ref={host} class="reading" dir="auto">
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
              title={known ? undefined : W.createNote}
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

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length - 1;

/** The innermost block that begins at this line or before it. */
const blockAt = (host: HTMLElement, line: number): HTMLElement | undefined =>
  [...host.querySelectorAll<HTMLElement>('[data-line]')]
    .filter((block) => Number(block.dataset.line) <= line)
    .at(-1);

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
  if (url === null) return <span class="quiet">[{alt || L.imageGone}]</span>;
  return url ? <img src={url} alt={alt} /> : null;
}
