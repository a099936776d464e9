import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  isNoteFile,
  NOTE_ACCEPT,
  NOTE_EXTENSIONS,
  withoutNoteExtension,
} from '../../src/note-files.ts';

it('knows a note by its extension, whatever its case', () => {
  for (const name of ['a.md', 'b/c.Markdown', 'D.TXT', '.md']) expect(isNoteFile(name)).toBe(true);
  for (const name of ['md', 'a.mdx', 'a.md.png', 'amd', 'a.txt/b']) {
    expect(isNoteFile(name)).toBe(false);
  }
});

it('leaves out a note’s extension, and no other', () => {
  expect(withoutNoteExtension('Version 1.2.md')).toBe('Version 1.2');
  expect(withoutNoteExtension('Version 1.2')).toBe('Version 1.2');
  expect(withoutNoteExtension('a.md.md')).toBe('a.md');
});

it('is what the system hands over to the installed app', () => {
  const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8'));
  const [{ accept }] = manifest.file_handlers as [{ accept: Record<string, string[]> }];
  expect(Object.values(accept).flat().sort()).toEqual([...NOTE_EXTENSIONS].sort());
  const shared = manifest.share_target.params.files[0].accept as string[];
  expect([...shared].sort()).toEqual(NOTE_ACCEPT.split(',').sort());
});
