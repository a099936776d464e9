import { useEffect, useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { noteHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { removeManyWithUndo } from '../trash/remove-many.ts';
import type { Missing } from './find-missing.ts';
import { formerFileOf, type MissingFiles } from './missing.ts';
import { M } from './missing-words.ts';
import './missing.css';

/** Rows shown at first, and added at a time. */
const PAGE = 200;
/** Files named where it is asked whether this is the same folder. */
const NAMED = 20;

/** What an import did not find any more, and the way to the trash. */
export function MissingView({ missing }: { missing: Missing }) {
  return (
    <>
      {missing.folders.map((one) => (
        <section class="missing" key={one.root} aria-label={M.missing(one.root)}>
          <h2>{M.missing(one.root)}</h2>
          {missing.isUnsure ? <p>{M.unsure(allOf(one).length, one.root)}</p> : <Folder of={one} />}
        </section>
      ))}
    </>
  );
}

const allOf = ({ gone, withFolder, changed }: MissingFiles): NoteMeta[] => [
  ...gone,
  ...withFolder,
  ...changed,
];

function Folder({ of }: { of: MissingFiles }) {
  const [isSame, setIsSame] = useState<boolean | null>(of.isDoubtful ? null : true);
  if (isSame) return <Offer of={of} />;
  if (isSame === false) return <p class="quiet">{M.otherLeft}</p>;
  const all = allOf(of);
  return (
    <>
      <p>{M.doubtful(of.root, of.absent, of.former)}</p>
      <ul class="missing-names quiet">
        {all.slice(0, NAMED).map((note) => (
          <li key={note.id} dir="auto">
            {formerFileOf(note)}
          </li>
        ))}
        {all.length > NAMED && <li>{M.more(all.length - NAMED)}</li>}
      </ul>
      <p class="ways">
        <button type="button" class="button small" onClick={() => setIsSame(true)}>
          {M.sameFolder}
        </button>
        <button type="button" class="button small" onClick={() => setIsSame(false)}>
          {M.otherFolder}
        </button>
      </p>
    </>
  );
}

/** Which of these notes are there, and as they were: Undo brings them back. */
function useStillThere(notes: readonly NoteMeta[]): ReadonlySet<string> | null {
  const ctx = useApp();
  const [there, setThere] = useState<ReadonlySet<string> | null>(null);
  const version = ctx.engine.notesVersion.value;
  useEffect(() => {
    let isCurrent = true;
    ctx.notes.metas(notes.map(({ id }) => id)).then(
      (found) => {
        if (isCurrent) setThere(new Set(found.flatMap((note) => (note ? [note.id] : []))));
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [notes, version]);
  return there;
}

function Offer({ of }: { of: MissingFiles }) {
  const ctx = useApp();
  const [all] = useState(() => allOf(of));
  const there = useStillThere(all);
  // What is sure is ticked; the person chooses the others.
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(of.gone.map(({ id }) => id)),
  );
  if (!there) return null;
  if (there.size === 0) return <p class="quiet">{M.done}</p>;
  const chosen = all.filter(({ id }) => ticked.has(id) && there.has(id));
  const tick = (notes: readonly NoteMeta[], on: boolean) => {
    const next = new Set(ticked);
    for (const { id } of notes) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setTicked(next);
  };
  const remove = async () => {
    const now = await ctx.notes.metas(chosen.map(({ id }) => id));
    // What was written in one since it was listed is not thrown away unseen. Undo of a deletion
    // raises the revision, too, and keeps it level with the import's.
    const asListed = chosen.filter((note, i) => isAsListed(note, now[i]));
    if (asListed.length < chosen.length) {
      toast(M.changedMeanwhile);
      tick(
        chosen.filter((note) => !asListed.includes(note)),
        false,
      );
    }
    if (asListed.length > 0) await removeManyWithUndo(ctx, asListed, M.moved);
  };
  const group = { there, ticked, tick };
  return (
    <>
      <Group says={M.gone} notes={of.gone} {...group} />
      <Group says={M.withFolder} notes={of.withFolder} {...group} />
      <Group says={M.changed} notes={of.changed} {...group} />
      <p>
        <button
          type="button"
          class="button small"
          disabled={chosen.length === 0}
          onClick={() => void remove()}
        >
          {M.toTrash(chosen.length)}
        </button>
      </p>
    </>
  );
}

/** Whether nobody wrote in a note since it was listed. */
function isAsListed(listed: NoteMeta, now: NoteMeta | undefined): boolean {
  if (!now) return false;
  const wasLevel = listed.importedRevision === listed.revision;
  if (wasLevel) return now.importedRevision === now.revision;
  return now.modified === listed.modified;
}

interface GroupProps {
  says: string;
  notes: readonly NoteMeta[];
  there: ReadonlySet<string>;
  ticked: ReadonlySet<string>;
  tick(notes: readonly NoteMeta[], on: boolean): void;
}

function Group({ says, notes, there, ticked, tick }: GroupProps) {
  const [rows, setRows] = useState(PAGE);
  const left = notes.filter(({ id }) => there.has(id));
  if (left.length === 0) return null;
  return (
    <fieldset class="missing-group">
      <legend>{says}</legend>
      {left.length > 1 && (
        <label class="missing-row quiet">
          <input
            type="checkbox"
            checked={left.every(({ id }) => ticked.has(id))}
            onChange={(event) => tick(left, event.currentTarget.checked)}
          />
          <span>{M.all(left.length)}</span>
        </label>
      )}
      <ul>
        {left.slice(0, rows).map((note) => (
          <li key={note.id} class="missing-row">
            <input
              type="checkbox"
              id={`missing-${note.id}`}
              checked={ticked.has(note.id)}
              onChange={(event) => tick([note], event.currentTarget.checked)}
            />
            <label for={`missing-${note.id}`} dir="auto">
              {shown(note.title)} <span class="quiet">{formerFileOf(note)}</span>
            </label>
            <a href={noteHref(note.id)} aria-label={M.readOne(shown(note.title))}>
              {M.read}
            </a>
          </li>
        ))}
      </ul>
      {left.length > rows && (
        <button type="button" class="link" onClick={() => setRows(rows + PAGE)}>
          {S.moreLines(left.length - rows)}
        </button>
      )}
    </fieldset>
  );
}
