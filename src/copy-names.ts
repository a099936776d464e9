/** Names that programs of synchronisation give to a file that was changed on two sides. Pure. */

/** What a file's name says of the file that it is a copy of. */
export interface CopyName {
  /** Path of that file. */
  base: string;
  /**
   * `sure`: it says "conflicted copy" or "sync-conflict". `said`: it says the same in other words.
   * `number`: it only has a number behind the name, which many names of their own have, too.
   */
  kind: 'sure' | 'said' | 'number';
}

/** Longest name looked at, UTF-16 units. */
const LONGEST = 500;

/** Each behind the name of the other file. */
const NAMES: readonly [RegExp, CopyName['kind']][] = [
  // Dropbox, Nextcloud, Obsidian Sync: `a (Ann's conflicted copy 2024-03-05)`.
  [
    /^(.+?) \((?:[^()]* )?conflicted copy\b[^()]*(?:\(\d+\))?[^()]*\)(?: ?\(?\d{1,3}\)?)?$/i,
    'sure',
  ],
  // Syncthing: `a.sync-conflict-20240306-101010-ABCDEFG`.
  [/^(.+?)\.sync-conflict-\d{8}-\d{6}(?:-[\da-z]+)?$/i, 'sure'],
  // Dropbox in other languages.
  [
    /^(.+?) \([^()]*(?:stehende Kopie|Konfliktkopie|copie en conflit|copia en conflicto|copia in conflitto)[^()]*\)$/i,
    'said',
  ],
  // ownCloud: `a_conflict-20240305-101010`; others: `a (conflict)`, `a.conflict`.
  [/^(.+?)_conflict-\d{8}-\d{6}$/i, 'said'],
  [/^(.+?)(?: \(conflict(?: [^()]*)?\)|\.conflict\d*)$/i, 'said'],
  // iCloud: `a 2`; Google Drive: `a (1)`.
  [/^(.+?) (?:[2-9]|\(\d{1,2}\))$/, 'number'],
];

/**
 * Reads a file's name as that of a copy.
 * @returns null for a name that says nothing of the kind
 */
export function copyNameOf(path: string): CopyName | null {
  const at = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  const hasEnding = dot > at && /^\.[a-z]{1,10}$/i.test(path.slice(dot));
  const ending = hasEnding ? path.slice(dot) : '';
  const stem = path.slice(at, path.length - ending.length);
  if (stem.length > LONGEST) return null;
  for (const [pattern, kind] of NAMES) {
    const base = pattern.exec(stem)?.[1];
    if (base !== undefined) return { base: `${path.slice(0, at)}${base}${ending}`, kind };
  }
  return null;
}
