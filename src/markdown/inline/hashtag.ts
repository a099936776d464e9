/** THE rule for a tag in a text: `#area/home`. Pure; the editor reads by it, too. */
import { before, isWord } from './characters.ts';

/** Letters, digits, emoji (with what joins them); parts are separated by `/`. */
const TAG =
  /#(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}_/-]|\ufe0f|\u200d){1,200}/uy;
/** Digits alone make no tag: `#1`. */
const TAG_SIGN = /[\p{L}\p{Extended_Pictographic}\p{Regional_Indicator}_]/u;

/** Where the tag ends whose `#` stands at `at`; -1 for none. */
export function tagEndAt(text: string, at: number): number {
  const first = before(text, at);
  if (isWord(first) || /[#&/\\_@.-]/.test(first)) return -1;
  TAG.lastIndex = at;
  const found = TAG.exec(text)?.[0].replace(/\/+$/, '');
  return found && TAG_SIGN.test(found.replace(/\p{N}/gu, '')) ? at + found.length : -1;
}
