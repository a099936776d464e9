/** Where `file-names.ts` keeps what it renamed. */
import type { Kv } from '../kv.ts';

/** Key in `kv` of how far it is. */
export const STATE = 'file-names';

/** Key of a list of what was renamed, from 0. */
export const listKey = (n: number): `file-names:${number}` => `${STATE}:${n}`;

/** Forgets the titles of notes that are gone for good, in the caller's transaction. */
export async function forgetRenamed(kv: Kv, gone: ReadonlySet<string>): Promise<void> {
  const { lists = 0 } = (await kv.get(STATE)) ?? {};
  for (let n = 0; n < lists; n++) {
    const list = (await kv.get(listKey(n))) ?? [];
    const rest = list.filter(({ id }) => !gone.has(id));
    if (rest.length < list.length) await kv.put(rest, listKey(n));
  }
}
