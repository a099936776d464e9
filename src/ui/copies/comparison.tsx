import { useEffect, useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { useModal } from '../core/parts/use-modal.ts';
import { S, shown } from '../core/strings.ts';
import { type Line, lineDifferences } from './line-differences.ts';
import { C } from './words.ts';

interface Props {
  note: NoteMeta;
  base: NoteMeta;
  onClose(): void;
}

/** Lines shown at most. */
const MOST_LINES = 2_000;
/** Lines that are the same and are shown round what differs. */
const AROUND = 2;

/** Two notes line by line; opens as it is drawn. */
export function Comparison({ note, base, onClose }: Props) {
  const { notes } = useApp();
  const dialog = useModal();
  const [found, setFound] = useState<Line[] | string | null>(null);
  useEffect(() => {
    Promise.all([notes.get(note.id), notes.get(base.id)]).then(
      ([copy, other]) => setFound(lineDifferences(other?.text ?? '', copy?.text ?? '')),
      (thrown) => setFound(errorText(thrown)),
    );
  }, []);
  const name = C.comparison(shown(note.title), shown(base.title));
  return (
    <dialog ref={dialog} class="small-dialog comparison" aria-label={name} onClose={onClose}>
      <form method="dialog">
        <h2 dir="auto">{name}</h2>
        {found === null && <p class="quiet">{S.loading}</p>}
        {typeof found === 'string' && <p role="alert">{found}</p>}
        {found && typeof found !== 'string' && <Lines lines={found} base={shown(base.title)} />}
        <div class="dialog-actions">
          <button type="submit" class="button primary">
            {S.close}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Lines({ lines, base }: { lines: readonly Line[]; base: string }) {
  if (lines.every(({ kind }) => kind === 'same')) return <p>{C.alike}</p>;
  const rows = foldedLines(lines);
  return (
    <>
      <p class="comparison-key quiet">
        <span class="comparison-here">− {C.onlyBase(base)}</span>{' '}
        <span class="comparison-there">+ {C.onlyCopy}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
      <section class="comparison-lines" tabIndex={0} aria-label={C.differences}>
        {rows.slice(0, MOST_LINES).map((row, i) =>
          typeof row === 'number' ? (
            <p key={i} class="quiet">
              {C.sameLines(row)}
            </p>
          ) : (
            <p key={i} class={`comparison-${row.kind}`} dir="auto">
              <span class="comparison-sign">{SIGNS[row.kind]}</span>
              <Text line={row} />
            </p>
          ),
        )}
      </section>
      {rows.length > MOST_LINES && <p class="quiet">{C.tooMany}</p>}
    </>
  );
}

const SIGNS = { same: ' ', here: '−', there: '+' } as const;

function Text({ line: { text, part } }: { line: Line }) {
  if (!part) return <span>{text}</span>;
  const [from, to] = part;
  return (
    <span>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </span>
  );
}

/** Without lines that are the same and far from any difference; a number says how many. */
function foldedLines(lines: readonly Line[]): (Line | number)[] {
  const near = new Uint8Array(lines.length);
  for (const [at, { kind }] of lines.entries()) {
    if (kind !== 'same') near.fill(1, Math.max(0, at - AROUND), at + AROUND + 1);
  }
  const rows: (Line | number)[] = [];
  for (const [at, line] of lines.entries()) {
    const last = rows.at(-1);
    if (near[at]) rows.push(line);
    else if (typeof last === 'number') rows[rows.length - 1] = last + 1;
    else rows.push(1);
  }
  return rows;
}
