import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inLanguage } from '../../scripts/language.mjs';

it('loads a translation in the place of a module of words, and no other module', () => {
  const root = mkdtempSync(join(tmpdir(), 'findling-words-'));
  try {
    const dir = join(root, 'src/ui/map');
    mkdirSync(dir, { recursive: true });
    for (const name of ['words', 'words.de', 'plane', 'plane.de']) {
      writeFileSync(join(dir, `${name}.ts`), name);
    }
    const watched: string[] = [];
    const load = (language: string, name: string) =>
      (inLanguage(language).load as (id: string) => unknown).call(
        { addWatchFile: (file: string) => watched.push(file) },
        join(dir, `${name}.ts`),
      );
    expect(load('de', 'words')).toBe('words.de');
    expect(load('fr', 'words')).toBeUndefined();
    expect(load('de', 'plane')).toBeUndefined();
    expect(watched).toEqual([join(dir, 'words.de.ts')]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
