/** By which names search knows a note besides its title. Pure. */
import { withoutExportIds } from '../../note-files.ts';
import { baseName } from '../../note-title.ts';
import type { CalledBy } from '../../protocol.ts';
import type { NoteMeta } from '../../storage/schema.ts';
import { draftHash } from '../../text-hash.ts';
import { fold, gramsOf, termsOf } from '../../words/terms.ts';
import { excerpt } from './snippet.ts';

export type Named = Pick<NoteMeta, 'title' | 'path'> &
  Partial<Pick<NoteMeta, 'aliases' | 'formerTitles' | 'importPath'>>;

/** The name of a note's file, as it is shown; '' where it has none, or its title is the same. */
function fileName({ title, path, importPath }: Named): string {
  const name = withoutExportIds(baseName(importPath ?? path));
  return fold(name) === fold(title) ? '' : name;
}

/** Names that are searched like a title: aliases, and the name of the note's file. */
export const namesBeside = (note: Named): string[] =>
  [...(note.aliases ?? []), fileName(note)].filter(Boolean);

/** The same of a note that has been called otherwise: searched like its text. */
export const formerNames = (note: Named): string[] => note.formerTitles ?? [];

/** Of all that `KeywordIndex` takes of a note's names, 32 bits: another one tells that they changed. */
export function namesMark(note: Named): number {
  const names = [...namesBeside(note), '', ...formerNames(note)].join('\n');
  return Number.parseInt(draftHash(note.title, names).slice(0, 8), 16);
}

/**
 * The name by which a query found a note, where that is not its title.
 *
 * @param wanted the terms of the note that matched
 * @param literal what `title:` asks for
 * @param inText whether what matched stands in the text that is shown: then neither the file's name
 *   nor a former title has to tell why the note is here
 */
export function calledBy(
  note: Named,
  wanted: ReadonlySet<string>,
  literal: readonly string[],
  inText: boolean,
): CalledBy | null {
  const aliases = (note.aliases ?? []).map((text) => ({ kind: 'alias' as const, text }));
  for (const asked of literal) {
    if (has(note.title, asked)) continue;
    const alias = aliases.find(({ text }) => has(text, asked));
    if (alias) return { ...alias, marks: literalMarks(alias.text, asked) };
  }
  if (wanted.size === 0) return null;
  const inTitle = termsIn(note.title);
  const beyond = (text: string): number =>
    [...termsIn(text)].filter((term) => wanted.has(term) && !inTitle.has(term)).length;
  const others = inText
    ? []
    : [
        ...[fileName(note)].filter(Boolean).map((text) => ({ kind: 'file' as const, text })),
        ...formerNames(note).map((text) => ({ kind: 'former' as const, text })),
      ];
  let best: (Omit<CalledBy, 'marks'> & { found: number }) | null = null;
  for (const name of [...aliases, ...others]) {
    const found = beyond(name.text);
    if (found > (best?.found ?? 0)) best = { ...name, found };
  }
  if (!best) return null;
  const { text, marks } = excerpt(best.text, { start: 0, end: 0, headings: [] }, wanted);
  return { kind: best.kind, text, marks };
}

/** All that stands for a text in the index. */
export const termsIn = (text: string): Set<string> =>
  new Set([...termsOf(text), ...gramsOf(text)].map(({ term }) => term));

const has = (name: string, asked: string): boolean => fold(name).includes(fold(asked));

/** Where folding moves nothing. */
function literalMarks(name: string, asked: string): [number, number][] {
  const at = fold(name).length === name.length ? fold(name).indexOf(fold(asked)) : -1;
  return at < 0 ? [] : [[at, at + fold(asked).length]];
}
