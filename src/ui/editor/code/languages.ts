/** Which code can be coloured, and the grammars for it: each is fetched when it is first met. */
import type { StreamParser } from '@codemirror/language';
import type { Parser } from '@lezer/common';

/** A way to a grammar, which is the same however often it is asked for. */
type Load = () => Promise<Parser>;

/** Of CodeMirror's older kind, which go by lines. */
const byLines = (mode: () => Promise<StreamParser<unknown>>): Load =>
  once(async () => {
    const [{ StreamLanguage }, spec] = await Promise.all([import('@codemirror/language'), mode()]);
    return StreamLanguage.define(spec).parser;
  });

/** JavaScript and what is near to it. */
const script = (dialect: string): Load =>
  once(async () => (await import('@lezer/javascript')).parser.configure({ dialect }));

const LOADS: readonly [names: string, load: Load][] = [
  ['js javascript mjs cjs jsx', script('jsx')],
  ['ts typescript mts cts', script('ts')],
  ['tsx', script('ts jsx')],
  ['py python python3', once(async () => (await import('@lezer/python')).parser)],
  ['json json5 jsonc', once(async () => (await import('@lezer/json')).parser)],
  ['css scss less', once(async () => (await import('@lezer/css')).parser)],
  ['html htm xml svg vue', once(async () => (await import('@lezer/html')).parser)],
  ['c cpp c++ cc cxx h hpp arduino', once(async () => (await import('@lezer/cpp')).parser)],
  ['java', once(async () => (await import('@lezer/java')).parser)],
  ['rs rust', once(async () => (await import('@lezer/rust')).parser)],
  ['go golang', once(async () => (await import('@lezer/go')).parser)],
  ['yaml yml', once(async () => (await import('@lezer/yaml')).parser)],
  [
    'sql mysql postgresql postgres sqlite',
    once(async () => (await import('@codemirror/lang-sql')).StandardSQL.language.parser),
  ],
  [
    'sh bash shell zsh shellscript console',
    byLines(async () => (await import('@codemirror/legacy-modes/mode/shell')).shell),
  ],
  ['toml', byLines(async () => (await import('@codemirror/legacy-modes/mode/toml')).toml)],
  ['diff patch', byLines(async () => (await import('@codemirror/legacy-modes/mode/diff')).diff)],
  ['rb ruby', byLines(async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby)],
];
const BY_NAME = new Map(
  LOADS.flatMap(([names, load]) => names.split(' ').map((name) => [name, load] as const)),
);

function once(load: Load): Load {
  let loading: Promise<Parser> | null = null;
  return () => {
    loading ??= load().catch((error) => {
      // Without network before it was kept: the next time may be better.
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** What stands behind a fence's signs, as a name: `{.python .numbered}`, `js title="a"`, `rust,ignore`. */
export const languageOf = (info: string): string =>
  /^[\s{.]*([^\s{},.:]*)/.exec(info)![1]!.toLowerCase();

/** The grammar for a language, by what stands behind a fence's signs; null if there is none. */
export const grammarOf = (info: string): Load | null => BY_NAME.get(languageOf(info)) ?? null;
