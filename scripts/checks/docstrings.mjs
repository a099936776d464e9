/**
 * Whether exported functions of src say what their names do not: `node
 * scripts/checks/docstrings.mjs` fails under 95 % and then lists those without a docstring;
 * `--list` lists them anyway. Counted are exported functions, exported constants that are
 * functions, and public methods and accessors of exported classes. A method that implements a
 * documented member of an interface is documented there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Share of them that must have one. */
const LEAST = 0.95;
const ROOT = join(import.meta.dirname, '../..');

const has = (node, kind) => node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
const isExported = (node) => has(node, ts.SyntaxKind.ExportKeyword);
const isFunction = (node) =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

/** Whether a docstring stands right before a declaration: after a blank line it is the file's. */
function isDocumented(node, text) {
  const last = ts.getLeadingCommentRanges(text, node.getFullStart())?.at(-1);
  return (
    last !== undefined &&
    text.startsWith('/**', last.pos) &&
    !/^\s*\n\s*\n/.test(text.slice(last.end, last.end + 80))
  );
}

/** Methods and accessors that others may call. */
function publicMembers(declaration) {
  return declaration.members.filter(
    (member) =>
      (ts.isMethodDeclaration(member) || ts.isAccessor(member)) &&
      !ts.isPrivateIdentifier(member.name) &&
      !has(member, ts.SyntaxKind.PrivateKeyword) &&
      !has(member, ts.SyntaxKind.OverrideKeyword),
  );
}

/** By interface of all files: its members that have a docstring. */
function interfacesOf(sources) {
  const found = new Map();
  for (const { text, source } of sources) {
    for (const statement of source.statements.filter(ts.isInterfaceDeclaration)) {
      const members = statement.members.filter((one) => one.name && isDocumented(one, text));
      found.set(statement.name.text, new Set(members.map(({ name }) => name.getText(source))));
    }
  }
  return found;
}

/** What the interfaces say that a class implements. */
function implementedBy(declaration, interfaces) {
  const clauses = declaration.heritageClauses ?? [];
  const names = clauses
    .filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
    .flatMap(({ types }) => types.map(({ expression }) => expression.text));
  return new Set(names.flatMap((name) => [...(interfaces.get(name) ?? [])]));
}

/** Names of what a file exports that can be called, each with whether it is documented. */
function exportsOf({ text, source }, interfaces) {
  const found = [];
  const add = (node, name, documented = node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ name, line: line + 1, documented: isDocumented(documented, text) });
  };
  for (const statement of source.statements) {
    if (!isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement)) add(statement, statement.name?.text ?? 'default');
    if (ts.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) {
        if (isFunction(one.initializer)) add(one, one.name.getText(source), statement);
      }
    }
    if (ts.isClassDeclaration(statement)) {
      const described = implementedBy(statement, interfaces);
      for (const member of publicMembers(statement)) {
        const name = member.name.getText(source);
        // An interface says it, or the first of overloads, or the getter of a setter.
        if (described.has(name)) continue;
        described.add(name);
        add(member, `${statement.name?.text}.${name}`);
      }
    }
  }
  return found;
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
const sources = files.map((file) => {
  const text = readFileSync(file, 'utf8');
  return { file, text, source: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false) };
});
const interfaces = interfacesOf(sources);
let all = 0;
const missing = [];
for (const one of sources) {
  const { file } = one;
  for (const { name, line, documented } of exportsOf(one, interfaces)) {
    all++;
    if (!documented) missing.push(`${relative(ROOT, file)}:${line} ${name}`);
  }
}
const share = 1 - missing.length / all;
const isEnough = share >= LEAST;
if (!isEnough || process.argv.includes('--list')) console.log(missing.join('\n'));
console.log(`${(100 * share).toFixed(1)} % of ${all} exported functions have a docstring.`);
if (!isEnough) process.exitCode = 1;
