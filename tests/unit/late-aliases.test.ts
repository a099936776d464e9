import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { openNotes } from '../../src/storage/notes/index.ts';

it('a save does not wait for the reader of aliases; who holds the notes is told of them after', async () => {
  const onNamed = vi.fn();
  const permit = { mayCreate: async () => true, async created() {} };
  const notes = await openNotes('late', { now: () => 1, newId: () => 'x', onNamed }, {}, permit);
  const text = '---\naliases: [WHO]\n---\n';
  const { meta } = await notes.save({ id: 'a', title: 'Health', text, baseRevision: 0 });
  expect(meta.aliases).toBeUndefined();
  await vi.waitFor(() => expect(onNamed).toHaveBeenCalledExactlyOnceWith('a'), {
    timeout: 20_000,
  });
  const stored = (await notes.get('a'))!.meta;
  expect(stored).toEqual({ ...meta, aliases: ['WHO'] });
  // By now it is there: nothing is told a second time.
  await notes.save({ id: 'b', title: 'Other', text, baseRevision: 0 });
  expect((await notes.get('b'))!.meta.aliases).toEqual(['WHO']);
  expect(onNamed).toHaveBeenCalledOnce();
});
