/** What is stored once a trace has come to rest, in the same words here and in a real browser. */
import type { NoteMeta, NoteVersion, PassageRow, TrashedNote } from '../../src/storage/schema.ts';

/** Rows of the workspace's database. */
export interface Rows {
  notes: NoteMeta[];
  bodies: { id: string; text: string }[];
  trash: TrashedNote[];
  versions: NoteVersion[];
  passages: PassageRow[];
  pending: unknown[];
  quarantine: unknown[];
  generations: Partial<Record<'active' | 'building' | 'kept', { gen: string; model: string }>>;
}

/** What a note is called in a trace: by its file where it was imported, for its id is the app's. */
const nameOf = ({ id, importPath }: NoteMeta): string => importPath?.replace(/\.md$/, '') ?? id;

const inShort = (text = 'no text'): string => `${text.slice(0, 24)}…, ${text.length} units`;

/** Times, ids and vectors differ; all else must be the same. */
export function finalStateOf(rows: Rows): object {
  const names = new Map(rows.notes.map((meta) => [meta.id, nameOf(meta)]));
  const texts = new Map(rows.bodies.map(({ id, text }) => [id, text]));
  const { active, building, kept } = rows.generations;
  const byName = (all: [string, unknown][]): object =>
    Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    notes: byName(
      rows.notes.map((meta) => [
        nameOf(meta),
        `${meta.title}, revision ${meta.revision}: ${inShort(texts.get(meta.id))}`,
      ]),
    ),
    deleted: byName(
      rows.trash.map(({ meta, text }) => [nameOf(meta), `${meta.title}: ${inShort(text)}`]),
    ),
    versions: rows.versions.map(({ note, why }) => `${names.get(note)}: ${why}`).sort(),
    models: { active: active?.model, building: building?.model, kept: kept?.model },
    indexed: byName(
      rows.passages
        .filter(({ gen }) => gen === active?.gen)
        .map(({ note, title, revision }) => [
          names.get(note) ?? `gone: ${note}`,
          `${title}, revision ${revision}`,
        ]),
    ),
    pending: rows.pending.length,
    quarantined: rows.quarantine.length,
  };
}
