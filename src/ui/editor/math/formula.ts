/** Formulas as MathML: Temml is fetched with the first. Nothing in a formula may lead anywhere. */
import { inTurn } from '../in-turn.ts';

/** UTF-16 units of a formula; a longer one is shown as it is written. */
const LONGEST = 4_000;
/** The same of one with macros of its own: each use of one makes it longer. */
const LONGEST_WITH_MACROS = 500;
const OWN_MACROS = /\\(?:[egx]?def|(?:re)?newcommand|providecommand|let|DeclareMathOperator)\b/;
/** Macros that one formula may expand: those that call themselves end there. */
const MOST_EXPANSIONS = 300;
/** Widest space and highest rule: em, and points. */
const LARGEST: [number, number] = [25, 250];
/** Elements of a formula; one that grew by its macros is shown as it is written. */
const MOST_ELEMENTS = 5_000;

type Temml = typeof import('temml').default;
let loading: Promise<Temml | null> | null = null;

function temml(): Promise<Temml | null> {
  loading ??= import('temml').then(
    (loaded) => loaded.default,
    () => {
      loading = null;
      return null;
    },
  );
  return loading;
}

/** Elements within one another: laid out, deeper ones take longer than they are worth. */
const DEEPEST = 100;

/** One of Temml's own nodes, before it is one of the page. */
interface Node {
  children?: Node[];
  attributes?: Record<string, string>;
  style?: Record<string, string>;
  toNode(): globalThis.Node;
}

/**
 * Draws a formula into an element, soon. Where it cannot be read the element stays as it is: what is
 * written stands in it.
 *
 * @param told is told once it is drawn, with whether it could be
 */
export async function drawFormula(
  host: HTMLElement,
  source: string,
  isBlock: boolean,
  told: (isDrawn: boolean) => void = () => {},
): Promise<void> {
  const most = OWN_MACROS.test(source) ? LONGEST_WITH_MACROS : LONGEST;
  const library = source.length > most ? null : await temml();
  if (!library) {
    told(false);
    return;
  }
  inTurn(() => {
    const drawn = formulaOf(library, source, isBlock);
    if (drawn) host.replaceChildren(drawn);
    told(drawn !== null);
  });
}

/** The element of a formula; null for one that cannot be read, or that grows too large. */
export function formulaOf(
  library: Temml,
  source: string,
  isBlock: boolean,
): globalThis.Node | null {
  try {
    const made: Node = library.__renderToMathMLTree(source, {
      displayMode: isBlock,
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: MOST_EXPANSIONS,
      maxSize: LARGEST,
      macros: {},
    });
    return tidied(made) ? made.toNode() : null;
  } catch {
    return null;
  }
}

/**
 * Without ids, which are for the page's own elements, and with styles as properties: those in an
 * attribute are refused by the content security policy.
 *
 * @returns false where it has too many elements, or too deep ones
 */
function tidied(root: Node): boolean {
  const waiting: [Node, depth: number][] = [[root, 0]];
  for (let i = 0; i < waiting.length; i++) {
    const [{ children = [], attributes, style }, depth] = waiting[i]!;
    if (i > MOST_ELEMENTS || depth > DEEPEST) return false;
    for (const child of children) waiting.push([child, depth + 1]);
    if (!attributes) continue;
    delete attributes.id;
    const written = attributes.style;
    if (written === undefined) continue;
    delete attributes.style;
    for (const one of style ? written.split(';') : []) {
      const [name = '', value = ''] = one.split(':');
      if (name.trim()) style![name.trim()] = value.trim();
    }
  }
  return true;
}
