import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { parse } from '../../../../markdown/document.ts';
import { render } from '../../../../markdown/render.ts';
import { sectionOf } from '../../../../markdown/section.ts';
import {
  type LinkingNote,
  type LinkTarget,
  linkIndexOf,
} from '../../../../storage/notes/link-index.ts';
import { useApp } from '../../../core/context.ts';
import { listHref } from '../../../core/router.ts';
import { useNoteList } from '../../../notes/note-list.ts';
import { drawer } from '../draw-markdown.ts';
import { KeptImage } from '../kept-image.tsx';
import { Code, Formula } from '../later-parts.tsx';
import { L } from '../later-words.ts';
import { NoteLink } from '../note-link.tsx';
import './note-embed.css';

/** Notes within notes that are drawn: a fourth is a link. */
const DEEPEST = 3;
/** UTF-16 units of an embedded note that are read. */
const LONGEST = 40_000;
/** Elements and texts of one that are drawn. */
const MOST = 1_500;

interface Props {
  link: LinkTarget;
  /** The note that it stands in. */
  from: LinkingNote;
  /** The notes around it, the outermost first, with the place that is shown of each. */
  around: readonly string[];
  /** What stands for it where it is not drawn. */
  shown: VNode;
}

/** A note, a section or a block of one, drawn in place of its link. */
export function NoteEmbed({ link, from, around, shown }: Props): VNode {
  const ctx = useApp();
  const { notes } = useNoteList();
  const found = notes ? linkIndexOf(notes).resolve(link, from) : undefined;
  const id = found?.id;
  const meta = notes?.find((note) => note.id === id);
  const [text, setText] = useState<string | null>(null);
  const key = `${id}#${found?.place ?? ''}`;
  const isCircle = around.includes(key) || (around.includes(`${id}#`) && !found?.place);
  const isDrawn = id !== undefined && !isCircle && around.length <= DEEPEST;
  const revision = meta?.revision;
  useEffect(() => {
    if (!isDrawn) return;
    let here = true;
    ctx.notes.get(id).then(
      (note) => {
        if (here) setText(note?.text ?? null);
      },
      () => {},
    );
    return () => {
      here = false;
    };
  }, [id, revision, isDrawn]);
  const nodes = useMemo(
    () => (text === null || !meta ? null : contentOf(text, meta, [...around, key], found?.place)),
    [text, meta, key],
  );
  if (isCircle) {
    return (
      <span class="embed">
        {shown} <span class="quiet">{L.embedsItself}</span>
      </span>
    );
  }
  if (!nodes) return <span class="embed">{shown}</span>;
  return (
    <section class="embed-note" aria-label={meta?.title}>
      <div class="embed-title">
        <NoteLink link={link} from={from}>
          {meta?.title}
        </NoteLink>
      </div>
      {nodes.length > 0 ? nodes : <p class="quiet">{L.embedsNothing}</p>}
    </section>
  );
}

/** @returns null where the place is not in the note: then its link is shown */
function contentOf(
  text: string,
  meta: LinkingNote & { path: string; importPath?: string },
  around: readonly string[],
  place: string | undefined,
) {
  const doc = parse(text.slice(0, LONGEST));
  const range = sectionOf(doc, place);
  if (!range) return null;
  const drawn = render(doc, range.from, range.to);
  const draw = drawer(drawn, {
    text: doc.text,
    canTick: false,
    withoutProperties: true,
    tagHref: (tag) => listHref({ tag }),
    tick: () => {},
    image: (address, alt, width) => (
      <KeptImage address={address} alt={alt} width={width} place={meta} />
    ),
    code: (language, source) => <Code key={source} language={language} source={source} />,
    formula: (source, isApart) => <Formula key={source} source={source} isBlock={isApart} />,
    noteLink: (link, children) => (
      <NoteLink link={link} from={meta}>
        {children}
      </NoteLink>
    ),
    // A place of that note, which is not drawn as a whole.
    placeLink: (to, props, children) =>
      'place' in to ? (
        <NoteLink link={{ kind: 'name', written: `#${to.place}` }} from={meta}>
          {children}
        </NoteLink>
      ) : (
        <span {...props}>{children}</span>
      ),
    embed: (link, shown) => <NoteEmbed link={link} from={meta} around={around} shown={shown} />,
  });
  const { nodes, isWhole } = draw(MOST);
  return isWhole && text.length <= LONGEST ? nodes : [...nodes, <p class="quiet">…</p>];
}
