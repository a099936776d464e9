/** Which other notes a note's text names. Pure. */

/** What a link may name a note by: its path with folders (`..` taken out), or its title. */
export interface LinkTarget {
  name: string;
  kind: 'wiki' | 'file';
}

const WIKI = /\[\[([^[\]|#\n]{1,300})(?:#[^[\]|\n]{0,300})?(?:\|[^[\]\n]{0,300})?\]\]/g;
const INLINE = /\]\(\s*<?([^()<>\s]{1,1000})>?(?:\s+["'(][^\n]{0,300})?\s*\)/g;
const REFERENCE = /^ {0,3}\[[^[\]\n]{1,200}\]:[ \t]*<?([^\s<>]{1,1000})/gm;

/** Wiki links and relative Markdown links, each once, in order; addresses with a scheme are none. */
export function linkTargets(text: string): LinkTarget[] {
  const found = new Map<string, LinkTarget>();
  const add = (name: string, kind: LinkTarget['kind']): void => {
    if (name !== '') found.set(`${kind}:${name}`, { name, kind });
  };
  for (const [, name] of text.matchAll(WIKI)) add(name!.trim(), 'wiki');
  for (const pattern of [INLINE, REFERENCE]) {
    for (const [, address] of text.matchAll(pattern)) {
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address!)) continue;
      add(decoded(address!.replace(/[#?].*$/, '')), 'file');
    }
  }
  return [...found.values()];
}

/** Whether a link's file part means this path, seen from the folder of the note with the link. */
export function namesPath(target: string, from: string, path: string): boolean {
  if (path === '') return false;
  const wanted = resolved(target.startsWith('/') ? '' : folderOf(from), target);
  const without = (name: string): string => name.replace(/\.(?:md|markdown|txt)$/i, '');
  return without(wanted).toLowerCase() === without(path).toLowerCase();
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

function resolved(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** As written where it is no proper escape. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
