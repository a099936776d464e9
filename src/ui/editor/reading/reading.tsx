import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Drawn } from '../../../markdown/drawn.ts';
import { placeIn } from '../../../markdown/places.ts';
import { render } from '../../../markdown/render.ts';
import type { LinkingNote } from '../../../storage/notes/link-index.ts';
import type { ImagePlace } from '../../core/images.ts';
import { P } from '../../core/page-strings.ts';
import { listHref } from '../../core/router.ts';
import { toast } from '../../core/toasts.tsx';
import { readNote } from '../read-note.ts';
import { showPlace, unfold } from '../show-place.ts';
import { W } from '../words.ts';
import { drawer } from './draw-markdown.ts';
import { NoteEmbed } from './embeds/note-embed.tsx';
import { KeptImage } from './kept-image.tsx';
import { Code, Formula } from './later-parts.tsx';
import { L } from './later-words.ts';
import { NoteLink } from './note-link.tsx';
import { blockAt, elementAt, findFootnote } from './places.ts';
import './reading.css';

/** Longest text shown in the reading view, UTF-16 units. */
const LONGEST = 400_000;
/** Elements and texts drawn in one task: some 2,000 lines. */
const PIECE = 8_000;

/** As in reading.css, ms. */
const LIT_MS = 2_500;

interface Props {
  text: string;
  /** The note that it is the text of. */
  from: LinkingNote;
  /** Of the note: what its images' paths are read from. */
  place: ImagePlace | null;
  /**
   * A passage to be brought into sight and lit for a moment, UTF-16 units; another object for each.
   */
  lit?: readonly [number, number] | null;
  /** Ticks or unticks the box at this position; absent where nothing may be changed. */
  onTask?: (at: number) => void;
  /** Its properties are shown elsewhere. */
  withoutProperties?: boolean;
}

/** The element that shows a place of the note, if it is drawn already. */
function drawnAt(host: HTMLElement, drawn: readonly Drawn[], at: number): HTMLElement | undefined {
  const from = blockAt(drawn, at);
  return from === undefined ? undefined : elementAt(host, from);
}

/**
 * A note to be read. Every element is made by name from a short list, none from HTML: there is
 * nothing in a note that could run.
 */
export function Reading({ text, from, place, lit, onTask, withoutProperties = false }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const tick = useRef(onTask);
  tick.current = onTask;
  const wasLit = useRef<typeof lit>(null);
  const note = useRef(from);
  note.current = from;
  /** What is to be lit as soon as it is drawn. */
  const [asked, setAsked] = useState<readonly [number, number] | null>(null);
  const [most, setMost] = useState(PIECE);
  const drawn = useMemo(() => (text.length > LONGEST ? null : render(readNote(text))), [text]);
  const canTick = onTask !== undefined;
  const draw = useMemo(
    () =>
      drawer(drawn ?? [], {
        text,
        canTick,
        withoutProperties,
        tick: (at) => tick.current?.(at),
        image: (address, alt, width) => (
          <KeptImage address={address} alt={alt} width={width} place={place} />
        ),
        code: (language, source) => <Code key={source} language={language} source={source} />,
        formula: (source, isApart) => <Formula key={source} source={source} isBlock={isApart} />,
        tagHref: (tag) => listHref({ tag }),
        noteLink: (link, children) => (
          <NoteLink link={link} from={note.current}>
            {children}
          </NoteLink>
        ),
        embed: (link, shown) => (
          <NoteEmbed
            link={link}
            from={note.current}
            around={[`${note.current.id}#`]}
            shown={shown}
          />
        ),
        placeLink: (to, props, children) => (
          <a
            {...props}
            href={location.hash}
            onClick={(event) => {
              event.preventDefault();
              if (!host.current) return;
              const range = 'place' in to ? placeIn(readNote(text), to.place) : null;
              const place =
                'place' in to
                  ? range && drawnAt(host.current, drawn ?? [], range.from)
                  : findFootnote(host.current, to);
              if (place) showPlace(place);
              else if (range) setAsked([range.from, range.to]);
              else toast('place' in to ? W.placeGone(to.place) : W.notALink);
            }}
          >
            {children}
          </a>
        ),
      }),
    [drawn, canTick, place?.path, place?.importPath],
  );
  const { nodes, isWhole } = useMemo(() => draw(most), [draw, most]);

  useEffect(() => {
    if (isWhole) return;
    const timer = setTimeout(() => setMost(most + PIECE));
    return () => clearTimeout(timer);
  }, [isWhole, most]);

  useEffect(() => setAsked(lit ?? null), [lit]);
  useEffect(() => {
    if (!asked || !drawn || !host.current || wasLit.current === asked) return;
    const passage = drawnAt(host.current, drawn, asked[0]);
    // It may come with a later piece.
    if (!passage) return;
    wasLit.current = asked;
    unfold(passage);
    passage.scrollIntoView({ block: 'center' });
    passage.classList.add('lit');
    setTimeout(() => passage.classList.remove('lit'), LIT_MS);
  }, [asked, drawn, most]);

  if (!drawn) return <p class="quiet reading">{L.tooLongToRead}</p>;
  if (drawn.length === 0) return <p class="quiet reading">{P.nothingToRead}</p>;
  return (
    <div ref={host} class="reading" dir="auto">
      {nodes}
    </div>
  );
}
