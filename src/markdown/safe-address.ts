/**
 * Where an address of a note may lead: the web, mail, a file that is kept with the notes, a path or a
 * place in the note. Null for any other: it is drawn as text. As browsers read it: they leave control
 * characters out of a scheme, and take a backslash for a slash.
 */
export function safeAddress(address: string): string | null {
  const bare = address.replace(/[\0-\x20\x7f]/g, '');
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    return /^(?:https?|mailto|attachment)$/.test(scheme) ? address.trim() : null;
  }
  // With two slashes it would lead to another host; with a colon in its first part, to who knows where.
  return /^[/\\]{2}|^[^/?#]*:/.test(bare) ? null : address.trim();
}
