/**
 * A language that nobody speaks, to find sentences that are not among the words: every letter of
 * every word that the app says gets an accent. The build for tests can be switched to it, by
 * `globalThis.pseudo` before the app starts.
 */
import ts from 'typescript';

export const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const ACCENTED = 'ÀßÇÐÈƑĜĤÎĴĶĿṀÑÒÞǪŔŠŤÛṼŴẊÝŽàƀçđèƒĝĥîĵķŀṁñòþǫŕšťûṽŵẋýž';

/** `Save` as `Šàṽè`; what is no Latin letter stays. */
export const pseudo = (text) =>
  text.replace(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)]);

/** Modules that hold words. */
export const WORDS = /\/src\/ui\/.*(?:words|strings|errors-text)\.ts$/;
const NAME = '$pseudo';

/** A literal that is a value of the program, not a word: a type, a key, what is compared or asked for. */
function isNoWord(node) {
  const { parent } = node;
  if (ts.isLiteralTypeNode(parent) || ts.isImportDeclaration(parent)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent)) return true;
  if (ts.isNewExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText());
}

/** The source with each word handed through the pseudo-language, if one is switched on. */
export function wrapWords(source, id) {
  const file = ts.createSourceFile(id, source, ts.ScriptTarget.Latest, true);
  const changes = [];
  const wrap = (text) => `${NAME}(${JSON.stringify(text)})`;
  const visit = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (!isNoWord(node)) changes.push([node.getStart(), node.end, wrap(node.text)]);
    } else if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
      // Between its brace or backtick and its brace or backtick.
      const end = node.end - (ts.isTemplateTail(node) ? 1 : 2);
      changes.push([node.getStart() + 1, end, `\${${wrap(node.text)}}`]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let code = source;
  for (const [start, end, text] of changes.reverse()) {
    code = code.slice(0, start) + text + code.slice(end);
  }
  return `${code}\nfunction ${NAME}(text) { return globalThis.pseudo?.(text) ?? text; }\n`;
}

/**
 * For Vite: in the build for tests alone.
 * @returns {import('vite').Plugin}
 */
export const pseudoLanguage = () => ({
  name: 'pseudo-language',
  enforce: 'pre',
  transform: (source, id) =>
    WORDS.test(id) ? { code: wrapWords(source, id), map: null } : undefined,
});
