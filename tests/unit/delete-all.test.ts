import { expect, it } from 'vitest';
import { workspaceOf } from '../../src/storage/database-names.ts';
import { isOurKey } from '../../src/ui/core/web-storage.ts';
import { isOurData } from '../../src/ui/shell/delete-all.ts';

it('a cache is ours when it is named by this folder, and holds more than the app itself', () => {
  const of = (folder: string) => (name: string) => isOurData(name, folder);
  const all = [
    'findling:/:big',
    'findling:/:used',
    'findling:/:shared',
    'findling:/:kept-models',
    'findling:/:shell:abc',
    'findling:/notes/:big',
    'findling:/notes/:kept-models',
    'findling:/notes/old/:big',
    'other',
    'findling',
    'findlings:/:big',
  ];
  expect(all.filter(of('/'))).toEqual(all.slice(0, 4));
  expect(all.filter(of('/notes/'))).toEqual(all.slice(5, 7));
});

it('keys and databases are ours by their whole prefix', () => {
  const keys = ['findling-workspace', 'findling-draft:t:w:n', 'findling:x'];
  expect(keys.filter(isOurKey)).toEqual(keys);
  for (const key of ['findling', 'findlings-x', 'my-findling-x', 'x']) {
    expect(isOurKey(key)).toBe(false);
  }
  expect(workspaceOf('findling-ws-a')).toBe('a');
  for (const name of ['findling-app', 'findling-ws-', 'findling-wsx', 'x-findling-ws-a']) {
    expect(workspaceOf(name)).toBeNull();
  }
});
