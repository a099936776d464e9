/**
 * What each trace ends with on the platform of these tests. tests/faults/traces.spec.ts holds a
 * real Chromium against the same files, so that the platform here is known to be faithful.
 */
import { expect, it } from 'vitest';
import { databaseName } from '../../src/storage/database-names.ts';
import { finalStateOf, type Rows } from './final-state.ts';
import { type Disk, readStore } from './platform/indexeddb.ts';
import { World } from './platform/world.ts';
import { Acts, prepare, TRACES } from './traces.ts';

const STORES = ['notes', 'bodies', 'trash', 'versions', 'passages', 'pending', 'quarantine'];

function rowsOf(disk: Disk): Rows {
  const db = databaseName('default');
  const kv = readStore(disk, db, 'kv').find(({ key }) => key === 'generations');
  return Object.fromEntries([
    ...STORES.map((store) => [store, readStore(disk, db, store).map(({ value }) => value)]),
    ['generations', kv?.value ?? {}],
  ]);
}

it.each(TRACES.map((trace) => [trace.name, trace] as const))('%s', async (name, trace) => {
  const world = new World();
  const act = new Acts(world, [await world.open(), await world.open()]);
  const rest = async (): Promise<void> => expect(await world.idle()).toBe(true);
  await rest();
  await prepare(act);
  await trace.before?.(act);
  await rest();
  await trace.run(act);
  await rest();
  expect(act.failures).toEqual([]);
  const file = `./final-states/${name.replaceAll(' ', '-')}.json`;
  await expect(
    `${JSON.stringify(finalStateOf(rowsOf(world.disk)), null, 2)}\n`,
  ).toMatchFileSnapshot(file);
});
