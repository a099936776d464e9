/** Addresses that stand in a text as they are: `https://…`, `www.…`, `anna@example.org`. */
import { before, isWord } from './characters.ts';

export interface Address {
  from: number;
  to: number;
}

const WEB = /https?:\/\/|www\./gi;
const ENDS = /[\s<>"`，。、！？；：）」』】》]/;
const HOST = /^(?:https?:\/\/)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*(?::\d+)?(?:[/?#]|$)/iu;
const MAIL_BEFORE = /[\w.+-]{1,64}$/;
const MAIL_AFTER = /@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,10}/iy;

/** In order of their places, none within another. */
export function addressesIn(text: string): Address[] {
  const found: Address[] = [];
  if (/:\/\/|www\./i.test(text)) webAddresses(text, found);
  if (text.includes('@')) mailAddresses(text, found);
  return found.sort((a, b) => a.from - b.from);
}

function webAddresses(text: string, found: Address[]): void {
  WEB.lastIndex = 0;
  for (let match = WEB.exec(text); match; match = WEB.exec(text)) {
    const from = match.index;
    const end = addressEnd(text, from);
    WEB.lastIndex = Math.max(WEB.lastIndex, end);
    if (isWord(before(text, from)) || before(text, from) === '_') continue;
    const to = trimmedEnd(text, from, end);
    const isWww = match[0].length === 4;
    if (!HOST.test(text.slice(from, Math.min(to, from + 1000)))) continue;
    if (isWww && !text.slice(from + 4, to).includes('.')) continue;
    found.push({ from, to });
  }
}

/** It may hold a bracket that it closes, but ends before one that it does not. */
function addressEnd(text: string, from: number): number {
  const open = { ')': 0, ']': 0 };
  let end = from;
  for (; end < text.length; end++) {
    const sign = text[end]!;
    if (sign === '(') open[')']++;
    else if (sign === '[') open[']']++;
    else if (sign === ')' || sign === ']') {
      if (open[sign]-- === 0) break;
    } else if (ENDS.test(sign)) break;
  }
  return end;
}

/** Without what ends the sentence, or a mark around it, rather than the address. */
function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /[?!.,:;*_~'”’»|]/.test(text[end - 1]!)) end--;
  return text.endsWith('==', end) && end === to ? end - 2 : end;
}

function mailAddresses(text: string, found: Address[]): void {
  const web = found.slice();
  let covered = 0;
  let next = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = MAIL_BEFORE.exec(text.slice(Math.max(covered, at - 64), at))?.[0];
    MAIL_AFTER.lastIndex = at;
    if (!name || !MAIL_AFTER.test(text)) continue;
    let from = at - name.length;
    if (text.slice(Math.max(0, from - 7), from).toLowerCase() === 'mailto:') from -= 7;
    const to = MAIL_AFTER.lastIndex;
    if (isWord(before(text, from)) || /[-_]/.test(text[to - 1]!)) continue;
    while (next < web.length && web[next]!.to <= from) next++;
    if (next < web.length && web[next]!.from < to) continue;
    found.push({ from, to });
    covered = to;
  }
}
