import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCode } from '../../src/errors.ts';
import { databaseName } from '../../src/storage/database-names.ts';
import { openIndexStore } from '../../src/storage/index/index-store.ts';
import { type ConnectionEvents, type Notes, openNotes } from '../../src/storage/notes/index.ts';
import { findUnknown } from '../../src/storage/workspaces/found.ts';
import { openWorkspaces, type Workspaces } from '../../src/storage/workspaces.ts';
import { createNotes } from '../support/fresh.ts';
import { putStored, readStored } from '../support/stored.ts';

const deps = { now: () => 1, newId: () => 'id', firstName: 'My notes' };
const WORK = { id: 'w', name: 'Work', created: 2 };
let open: { close(): void }[] = [];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const one of open) one.close();
  open = [];
});

/** As a tab does at its start. */
async function start(events: ConnectionEvents = {}): Promise<Workspaces> {
  const workspaces = await openWorkspaces(deps, events);
  open.push(workspaces);
  return workspaces;
}

/** As a tab does with a workspace that it was given, however old that record is. */
async function enter(
  workspaces: Workspaces,
  record = WORK,
  events: ConnectionEvents = {},
): Promise<Notes> {
  const notes = await openNotes(record.id, deps, events, workspaces.creationPermit(record));
  open.push(notes);
  return notes;
}

const databases = async (): Promise<string[]> =>
  (await indexedDB.databases()).map(({ name }) => name!).sort();

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'opened',
    (thrown: unknown) => (isCode(thrown, 'workspace-gone') ? 'workspace-gone' : String(thrown)),
  );

/** The databases inside fake-indexeddb. */
const inside = (): Map<string, { connections: Parameters<typeof forceCloseDatabase>[0][] }> =>
  (indexedDB as unknown as { _databases: ReturnType<typeof inside> })._databases;

/** Closes every connection to a database, as the browser does when its storage fails. */
const forceClose = (name: string): void => {
  for (const one of [...inside().get(name)!.connections]) forceCloseDatabase(one);
};

/** "Clear site data": connections are closed, and all databases are gone. */
function clearedByBrowser(): void {
  for (const name of [...inside().keys()]) forceClose(name);
  inside().clear();
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
};

describe('who may create a database', () => {
  it('the first start, once', async () => {
    const workspaces = await start();
    const [first] = await workspaces.list();
    expect(first).toMatchObject({ id: 'default', state: 'creating' });
    (await enter(workspaces, first)).close();
    expect((await workspaces.list())[0]).toEqual({ id: 'default', name: 'My notes', created: 1 });
    // Its mark is used up: should the database vanish, it does not come back by being opened.
    await deleteDB(databaseName('default'));
    expect(await codeOf(enter(workspaces, first))).toBe('workspace-gone');
    expect(await databases()).toEqual(['findling-app']);
  });

  it('two first starts at once make one workspace, and both open it', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    const [first] = await one!.list();
    const [a, b] = await Promise.all([enter(one!, first), enter(two!, first)]);
    await a!.save({ id: 'n', title: 'n', text: 'text', baseRevision: 0 });
    expect((await b!.get('n'))?.text).toBe('text');
    expect(await two!.list()).toEqual([{ id: 'default', name: 'My notes', created: 1 }]);
  });

  it('a second start does not write the first workspace anew', async () => {
    const workspaces = await start();
    await workspaces.rename('default', 'Mine');
    (await enter(workspaces, (await workspaces.list())[0])).close();
    expect((await (await start()).list())[0]).toEqual({ id: 'default', name: 'Mine', created: 1 });
  });

  it('a workspace that a person creates, in whatever tab it is opened first', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    // The tab that created it died here.
    const other = await start();
    await enter(
      other,
      (await other.list()).find(({ id }) => id === 'w'),
    );
    expect(await databases()).toContain('findling-ws-w');
    expect((await other.list()).find(({ id }) => id === 'w')).toEqual(WORK);
  });

  it('nobody else: not a record that is missing, nor the worker', async () => {
    const workspaces = await start();
    expect(await codeOf(enter(workspaces))).toBe('workspace-gone');
    expect(await codeOf(openIndexStore('w'))).toBe('workspace-gone');
    await workspaces.create(WORK);
    // Even where the page may: the worker comes after it.
    expect(await codeOf(openIndexStore('w'))).toBe('workspace-gone');
    expect(await databases()).toEqual(['findling-app']);
    (await enter(workspaces)).close();
    (await openIndexStore('w')).close();
  });

  it('not a record that is being deleted', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    await workspaces.markDeleting('w');
    expect(await codeOf(enter(workspaces))).toBe('workspace-gone');
    expect(await databases()).toEqual(['findling-app']);
  });

  it('a deletion between the look at the record and the database leaves nothing behind', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    const permit = workspaces.creationPermit(WORK);
    const opening = openNotes(
      'w',
      deps,
      {},
      {
        async mayCreate() {
          const may = await permit.mayCreate();
          await workspaces.markDeleting('w');
          await workspaces.finishDeleting('w');
          return may;
        },
        created: () => permit.created(),
      },
    );
    expect(await codeOf(opening)).toBe('workspace-gone');
    expect(await databases()).toEqual(['findling-app']);
  });

  it('a workspace of an earlier version whose database was never made gets it once', async () => {
    for (const stored of readStored('version-5')) await putStored(stored);
    const before = readStored('version-5').find(({ name }) => name === 'findling-app')!;
    const rows = before.stores.find(({ name }) => name === 'workspaces')!.rows;
    const workspaces = await start();
    const all = await workspaces.list();
    expect(all).toEqual(
      rows
        .map(({ value }) => ({ ...(value as typeof WORK), state: 'creating' }))
        .sort((a, b) => a.created - b.created),
    );
    expect(all).toHaveLength(2);
    const never = all.find(({ id }) => id !== 'default')!;
    expect(await databases()).not.toContain(databaseName(never.id));
    (await enter(workspaces, never)).close();
    expect(await databases()).toContain(databaseName(never.id));
    // The one that was made keeps what is in it.
    const notes = await enter(workspaces, all.find(({ id }) => id === 'default')!);
    expect(await notes.total()).toBeGreaterThan(0);
    for (const record of await workspaces.list()) expect(record).not.toHaveProperty('state');
    const kv = before.stores.find(({ name }) => name === 'kv')!.rows;
    const db = await openDB('findling-app');
    expect(db.version).toBe(2);
    expect(await db.getAllKeys('kv')).toEqual(kv.map(({ key }) => key).sort());
    db.close();
    await deleteDB(databaseName(never.id));
    expect(await codeOf(enter(workspaces, never))).toBe('workspace-gone');
  });
});

describe('a tab that has a workspace open', () => {
  it('is told when another tab deletes it, and does not bring it back', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    const told: string[] = [];
    const notes = await enter(workspaces, WORK, {
      onLost: (why) => told.push(why),
      onGone: () => told.push('gone'),
    });
    await notes.save({ id: 'n', title: 'n', text: 'text', baseRevision: 0 });
    const other = await start();
    await other.markDeleting('w');
    await other.finishDeleting('w');
    expect(told).toEqual(['deleted', 'gone']);
    const save = notes.save({ id: 'n', title: 'n', text: 'more', baseRevision: 1 });
    expect(await codeOf(save)).toBe('workspace-gone');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await databases()).toEqual(['findling-app']);
  });

  it('that lost its connection before the deletion is told when it opens it anew', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    let gone = false;
    const onGone = () => {
      gone = true;
    };
    const notes = await enter(workspaces, WORK, { onGone });
    forceClose(databaseName('w'));
    await workspaces.markDeleting('w');
    await workspaces.finishDeleting('w');
    await until(() => gone);
    expect(await codeOf(notes.total())).toBe('workspace-gone');
    expect(await databases()).toEqual(['findling-app']);
  });

  it('whose connection was lost without a reason goes on with what was there', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    const notes = await enter(workspaces);
    await notes.save({ id: 'n', title: 'n', text: 'text', baseRevision: 0 });
    // As WebKit does: the connection seems open, and each transaction on it fails.
    const opening = indexedDB.open.bind(indexedDB);
    const { transaction } = IDBDatabase.prototype;
    const lost = new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    let failures = 0;
    const fails = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...args: Parameters<IDBDatabase['transaction']>
    ) {
      if (failures++ === 0) throw lost;
      return transaction.apply(this, args);
    });
    let refused = 0;
    const opens = vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
      if (refused++ === 0) throw lost;
      return opening(...args);
    });
    expect((await notes.get('n'))?.text).toBe('text');
    expect(refused).toBe(2);
    expect(failures).toBeGreaterThan(1);
    fails.mockRestore();
    opens.mockRestore();
  });

  it('whose connection was merely closed goes on with what was there', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    const back: boolean[] = [];
    const notes = await enter(workspaces, WORK, { onBack: (cleared) => back.push(cleared) });
    await notes.save({ id: 'n', title: 'n', text: 'text', baseRevision: 0 });
    forceClose(databaseName('w'));
    forceClose('findling-app');
    await until(() => back.length > 0);
    expect(back).toEqual([false]);
    expect((await notes.get('n'))?.text).toBe('text');
  });

  it('has it again, empty, after the browser cleared everything; so has a second tab', async () => {
    const told: string[] = [];
    const events = (tab: string): ConnectionEvents => ({
      onBack: (cleared) => told.push(`${tab} ${cleared ? 'cleared' : 'back'}`),
      onGone: () => told.push(`${tab} gone`),
    });
    const [one, two] = [await start(), await start()];
    await one.create(WORK);
    const [a, b] = [await enter(one, WORK, events('a')), await enter(two, WORK, events('b'))];
    await a.save({ id: 'n', title: 'n', text: 'text', baseRevision: 0 });
    clearedByBrowser();
    await until(() => told.length >= 2);
    expect(told.sort()).toEqual(['a cleared', 'b cleared']);
    await a.save({ id: 'm', title: 'm', text: 'typed on', baseRevision: 0 });
    expect((await b.list()).map(({ id }) => id)).toEqual(['m']);
    expect((await two.list()).map(({ id, state }) => [id, state])).toEqual([
      ['default', 'creating'],
      ['w', undefined],
    ]);
    expect(await databases()).toEqual(['findling-app', 'findling-ws-w']);
  });

  it('whose database alone vanished is told, and does not create it again', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    let gone = false;
    const onGone = () => {
      gone = true;
    };
    await enter(workspaces, WORK, { onGone });
    forceClose(databaseName('w'));
    inside().delete(databaseName('w'));
    await until(() => gone);
    expect(await databases()).toEqual(['findling-app']);
  });
});

describe('a deletion that was cut off', () => {
  /** A workspace with a note and a setting, deleted by `tab` up to and including a step. */
  async function cutOff(steps: 'mark' | 'database' | 'record'): Promise<void> {
    const tab = await start();
    await tab.create(WORK);
    (await enter(tab)).close();
    await tab.setSetting('recent-searches:w', ['ficus']);
    await tab.setSetting('last-workspace', 'w');
    expect(await tab.markDeleting('w')).toBe(true);
    if (steps === 'database') await deleteDB(databaseName('w'));
    if (steps === 'record') await tab.finishDeleting('w');
    tab.close();
  }

  for (const steps of ['mark', 'database', 'record'] as const) {
    it(`after its ${steps}: not offered, not to be opened, finished by the next start`, async () => {
      await cutOff(steps);
      const workspaces = await start();
      expect((await workspaces.list()).map(({ id }) => id)).toEqual(['default']);
      expect(await codeOf(enter(workspaces))).toBe('workspace-gone');
      expect(await codeOf(workspaces.rename('w', 'Again'))).toBe('workspace-gone');
      expect(await findUnknown(workspaces.ids)).toEqual([]);
      expect(await workspaces.markedDeleting()).toEqual(steps === 'record' ? [] : ['w']);
      // Two tabs may start at once.
      const other = await start();
      await Promise.all(
        [workspaces, other].map(async (tab) => {
          for (const id of await tab.markedDeleting()) await tab.finishDeleting(id);
        }),
      );
      expect(await workspaces.ids()).toEqual(['default']);
      expect(await workspaces.setting('recent-searches:w')).toBeUndefined();
      expect(await databases()).toEqual(['findling-app']);
    });
  }

  it('the last workspace stays, whichever tab asks', async () => {
    const [one, two] = [await start(), await start()];
    await one.create(WORK);
    expect(await one.markDeleting('w')).toBe(true);
    // The other tab still lists two.
    expect(await two.markDeleting('default')).toBe(false);
    expect((await two.list()).map(({ id }) => id)).toEqual(['default']);
  });
});

describe('deleting everything', () => {
  const FOREIGN = ['findling', 'findling-application', 'findlings-ws-x', 'notes-of-another-app'];

  async function fill(): Promise<Workspaces> {
    for (const name of FOREIGN) (await openDB(name, 1)).close();
    const workspaces = await start();
    await workspaces.create(WORK);
    (await enter(workspaces)).close();
    (await enter(workspaces, (await workspaces.list())[0])).close();
    (await createNotes('unknown', deps)).close();
    return workspaces;
  }

  it('deletes what no register knows, too, and leaves other apps alone', async () => {
    const workspaces = await fill();
    await workspaces.markAllDeleting();
    await workspaces.deleteAll();
    expect(await databases()).toEqual([...FOREIGN].sort());
  });

  it('where the browser does not list databases, deletes those that are registered', async () => {
    const workspaces = await fill();
    await workspaces.markAllDeleting();
    const { databases: list } = indexedDB;
    indexedDB.databases = undefined as never;
    await workspaces.deleteAll();
    expect(await findUnknown(async () => [])).toEqual([]);
    indexedDB.databases = list;
    expect(await databases()).toEqual([...FOREIGN, 'findling-ws-unknown'].sort());
  });

  it('cut off, offers and creates nothing until it is finished', async () => {
    const workspaces = await fill();
    await workspaces.markAllDeleting();
    await deleteDB(databaseName('w'));
    workspaces.close();
    const next = await start();
    expect(await next.allMarkedDeleting()).toBe(true);
    expect(await next.list()).toEqual([]);
    expect(await codeOf(next.create({ id: 'v', name: 'V', created: 3 }))).toBe('workspace-gone');
    for (const id of ['default', 'w']) {
      expect(await codeOf(enter(next, { ...WORK, id }))).toBe('workspace-gone');
    }
    await next.deleteAll();
    expect(await databases()).toEqual([...FOREIGN].sort());
    const fresh = await start();
    expect((await fresh.list()).map(({ id }) => id)).toEqual(['default']);
  });

  it('cut off when all records are gone but the register is not: none is made before the end', async () => {
    const workspaces = await fill();
    await workspaces.markAllDeleting();
    for (const id of await workspaces.ids()) await workspaces.finishDeleting(id);
    workspaces.close();
    expect(await (await start()).ids()).toEqual([]);
  });

  it('a tab that was not told hears that the register was deleted, and makes none', async () => {
    const workspaces = await fill();
    const told: string[] = [];
    await start({ onLost: (why) => told.push(why), onGone: () => told.push('gone') });
    await workspaces.markAllDeleting();
    await workspaces.deleteAll();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told).toEqual(['deleted', 'gone']);
    expect(await databases()).toEqual([...FOREIGN].sort());
  });
});

describe('found notes', () => {
  async function unknown(id: string, write: (notes: Notes) => Promise<unknown>): Promise<void> {
    const notes = await createNotes(id, deps);
    await write(notes);
    notes.close();
  }
  const note = (id: string) => ({ id, title: id, text: 'text', baseRevision: 0 });

  it('are those of a database that no record names, with what is in it', async () => {
    const workspaces = await start();
    await workspaces.create(WORK);
    (await enter(workspaces)).close();
    await unknown('x', async (notes) => {
      await notes.save(note('a'));
      await notes.save(note('b'));
      await notes.remove('b');
    });
    await unknown('empty', async () => {});
    for (const stored of readStored('version-5')) {
      if (stored.name === 'findling-ws-default') await putStored(stored, databaseName('old'));
    }
    const before = await databases();
    const found = await findUnknown(workspaces.ids);
    expect(found.find(({ id }) => id === 'x')).toEqual({ id: 'x', notes: 2 });
    expect(found.map(({ id }) => id).sort()).toEqual(['old', 'x']);
    expect(await databases()).toEqual(before);
    // Looked at, not migrated.
    const old = await openDB(databaseName('old'));
    expect(old.version).toBe(5);
    old.close();
  });

  it('kept, they are a workspace like any other', async () => {
    const workspaces = await start();
    await unknown('x', (notes) => notes.save(note('a')));
    const record = { id: 'x', name: 'Found notes', created: 5 };
    await workspaces.adopt(record);
    expect(await findUnknown(workspaces.ids)).toEqual([]);
    const notes = await enter(workspaces, record);
    expect(await notes.total()).toBe(1);
  });
});
