/** From a seed, what a soak does, burst by burst; the model moves along. Pure: no clock, no app. */
import { random } from '../random.ts';
import { type Action, DECK, KINDS, type Kind } from './actions.ts';
import {
  apply,
  importAll,
  type ModelNote,
  type ModelWorkspace,
  newWorld,
  type World,
  workspaceOf,
} from './model.ts';
import { below, editText, makeText, pick, rareWord } from './texts.ts';

const MOST_TABS = 3;
const WORKSPACES = ['default', 'second', 'third'];
/** Above this, notes are deleted rather than saved. */
const MOST_NOTES = 120;
/** More than the channel's capacity of 256. */
const RUSH_NOTES = 275;
/** Workers ended in one tab before its page is reloaded, lest the pauses grow for ever. */
const MOST_KILLS = 3;
/**
 * Whatever may cut work short counts as an attempt at the notes under way; a note is quarantined
 * after five, and in a soak none may be.
 */
const MOST_CUTS = 4;
const CUTS: ReadonlySet<Kind> = new Set([
  'kill',
  'fault',
  'close',
  'reload',
  'pause',
  'switch',
] satisfies Kind[]);

/** An action without its pause. */
type Bare = Action extends infer A ? (A extends Action ? Omit<A, 'waitMs'> : never) : never;

export interface Plan {
  readonly world: World;
  /** The next actions, done to the model already. */
  burst(): Generator<Action>;
}

export function makePlan(seed: number, { canSqueeze }: { canSqueeze: boolean }): Plan {
  const next = random(seed);
  const world = newWorld();
  let serial = 0;
  let tabs = 1;
  const deck: Kind[] = [];
  /** Files as they lie in the folders outside the app. */
  const folders = new Map<string, Record<string, string>>();
  const rushes = new Map<string, string[]>();

  const liveNotes = (ws: ModelWorkspace): ModelNote[] =>
    [...ws.notes.values()].filter(({ key }) => !key.startsWith('rush'));
  const pathLives = (ws: ModelWorkspace, path: string): boolean =>
    path !== '' && [...ws.notes.values()].some((note) => note.path === path);
  const restorable = (ws: ModelWorkspace): ModelNote[] =>
    [...ws.trash.values()].filter(
      ({ key, path }) => !key.startsWith('rush') && !pathLives(ws, path),
    );
  const noteWith = (key: string) => {
    const text = makeText(next, rareWord(next));
    return { key, title: `Note ${++serial}`, text };
  };

  function shuffledDeck(): Kind[] {
    const all = KINDS.flatMap((kind) => Array<Kind>(DECK[kind]).fill(kind));
    for (let i = all.length - 1; i > 0; i--) {
      const j = below(next, i + 1);
      [all[i], all[j]] = [all[j]!, all[i]!];
    }
    return canSqueeze ? all : all.filter((kind) => kind !== 'squeeze');
  }

  /** The folder's files after some change outside; `fresh`: new and changed files among them. */
  function filesOf(name: string, fresh: boolean): Record<string, string> {
    const files = { ...folders.get(name) };
    const paths = Object.keys(files);
    const file = () => `# File ${++serial}\n\n${makeText(next, rareWord(next))}`;
    if (fresh || paths.length === 0) {
      const count = 2 + below(next, 6);
      for (let i = 0; i < count; i++) {
        files[`${name}/${next() < 0.3 ? 'below/' : ''}f${++serial}.md`] = file();
      }
    }
    for (const path of paths) if (next() < (fresh ? 0.3 : 0.15)) files[path] = file();
    // A folder does not grow for ever.
    for (const path of paths.slice(0, Math.max(0, paths.length - 12))) delete files[path];
    folders.set(name, files);
    return files;
  }

  function importOf(tab: string, ws: ModelWorkspace, kind: 'import' | 'reimport'): Bare {
    const folder = `${ws.id}-${kind === 'import' ? below(next, 3) : pickKnown(ws)}`;
    const files = filesOf(folder, kind === 'import');
    const rehearsal = { ...ws, notes: new Map(ws.notes), versions: [] };
    const imported = importAll(rehearsal, files);
    const skipped = Object.keys(files).length - imported;
    const cutAfterMs = next() < 0.25 ? below(next, 120) : null;
    return { kind, tab, folder, files, imported, skipped, cutAfterMs };
  }

  function pickKnown(ws: ModelWorkspace): string {
    const known = [...folders.keys()].filter((name) => name.startsWith(`${ws.id}-`));
    return pick(next, known).slice(ws.id.length + 1);
  }

  function faultOf(): Extract<Action, { kind: 'fault' }>['fault'] {
    const at = pick(next, ['begun', 'slice', 'commit', 'committed'] as const);
    const act = next() < 0.75 ? 'die' : at === 'slice' && next() < 0.2 ? 'hang' : 'reject';
    return { at, act, after: below(next, 4), times: 1 };
  }

  /** An action of this kind in this tab, or null where there is nothing to do it to. */
  function make(kind: Kind, tab: string, cuts: number): Bare | null {
    const ws = workspaceOf(world, tab);
    const notes = liveNotes(ws);
    const { kills } = world.tabs.get(tab)!;
    if (CUTS.has(kind) && cuts >= MOST_CUTS) return null;
    switch (kind) {
      case 'save':
        return notes.length < MOST_NOTES ? { kind, tab, ...noteWith(`note${++serial}`) } : null;
      case 'edit':
      case 'conflict': {
        if (notes.length === 0) return null;
        const { key, title, text, word } = pick(next, notes);
        return { kind, tab, key, title, text: editText(next, text, word, rareWord(next)) };
      }
      case 'rename': {
        if (notes.length === 0) return null;
        const { key, text } = pick(next, notes);
        return { kind, tab, key, title: `Renamed ${++serial}`, text };
      }
      case 'delete':
        return notes.length > 3 ? { kind, tab, key: pick(next, notes).key } : null;
      case 'restore': {
        const from = restorable(ws);
        return from.length > 0 ? { kind, tab, key: pick(next, from.slice(-6)).key } : null;
      }
      case 'import':
        return notes.length < MOST_NOTES ? importOf(tab, ws, kind) : null;
      case 'reimport':
        return [...folders.keys()].some((name) => name.startsWith(`${ws.id}-`))
          ? importOf(tab, ws, kind)
          : null;
      case 'kill':
        return kills < MOST_KILLS ? { kind, tab } : null;
      case 'fault':
        return kills < MOST_KILLS ? { kind, tab, fault: faultOf() } : null;
      case 'open':
        return world.tabs.size < MOST_TABS
          ? // Two tabs of one workspace have more to quarrel about than two of two.
            {
              kind,
              tab: `tab${++tabs}`,
              workspace: next() < 0.7 ? ws.id : pick(next, WORKSPACES),
            }
          : null;
      case 'close':
        return world.tabs.size > 1 ? { kind, tab } : null;
      case 'switch': {
        const others = WORKSPACES.filter((id) => id !== ws.id);
        return { kind, tab, workspace: pick(next, others) };
      }
      case 'reload':
      case 'rebuild':
        return { kind, tab };
      case 'pause':
        return ws.paused ? null : { kind, tab };
      case 'resume':
        return ws.paused ? { kind, tab } : null;
      case 'search': {
        const gone = [...ws.trash.values()];
        if (gone.length > 0 && next() < 0.25) {
          const { key, word } = pick(next, gone);
          return { kind, tab, key, word, found: false };
        }
        if (notes.length === 0) return null;
        const { key, word } = pick(next, notes);
        return { kind, tab, key, word, found: true };
      }
      case 'rush':
      case 'clear': {
        const rushed = rushes.get(ws.id);
        if (rushed) {
          rushes.delete(ws.id);
          return { kind: 'clear', tab, keys: rushed };
        }
        if (kind === 'clear') return null;
        const many = Array.from({ length: RUSH_NOTES }, () => {
          const key = `rush${++serial}`;
          return { key, title: `Rush ${serial}`, text: `${rareWord(next)} in a hurry.` };
        });
        rushes.set(
          ws.id,
          many.map(({ key }) => key),
        );
        return { kind: 'rush', tab, notes: many };
      }
      case 'squeeze':
        return { kind, tab, ...noteWith(`squeezed${++serial}`) };
    }
  }

  /** The first card of the deck that can be played now. */
  function draw(cuts: number): Bare {
    for (;;) {
      for (const [at, kind] of deck.entries()) {
        const tab = pick(next, [...world.tabs.keys()]);
        const action = make(kind, tab, cuts);
        if (!action) continue;
        deck.splice(at, 1);
        return action;
      }
      deck.push(...shuffledDeck());
    }
  }

  function* burst(): Generator<Action> {
    let cuts = 0;
    const play = (bare: Bare): Action => {
      // Most follow at once, so that they meet what is under way; some come later.
      const waitMs = next() < 0.6 ? below(next, 80) : below(next, 1_500);
      const action = { ...bare, waitMs } as Action;
      apply(world, action);
      if (CUTS.has(action.kind)) cuts++;
      if ('cutAfterMs' in action && action.cutAfterMs !== null) cuts++;
      return action;
    };
    const length = 10 + below(next, 10);
    for (let i = 0; i < length; i++) yield play(draw(cuts));
    // A tab whose worker has died often enough begins anew, and nothing stays paused.
    for (const { id, kills } of [...world.tabs.values()]) {
      if (kills >= MOST_KILLS && cuts < MOST_CUTS + 1) yield play({ kind: 'reload', tab: id });
    }
    for (const { id } of [...world.tabs.values()]) {
      if (workspaceOf(world, id).paused) yield play({ kind: 'resume', tab: id });
    }
  }

  return { world, burst };
}
