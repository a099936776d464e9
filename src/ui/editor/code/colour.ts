import type { Parser } from '@lezer/common';
import { highlightCode } from '@lezer/highlight';
import { inTurn } from '../in-turn.ts';
import { codeLook } from './code-look.ts';
import { grammarOf } from './languages.ts';

/** UTF-16 units of code; more is shown plain. */
const LONGEST = 50_000;

/** A stretch of code, and the class that it is coloured by; none for most of it. */
export interface Stretch {
  text: string;
  look: string;
}

/** Code in stretches of one colour. */
export function stretchesOf(code: string, grammar: Parser): Stretch[] {
  const found: Stretch[] = [];
  const put = (text: string, look: string): void => {
    const last = found.at(-1);
    if (last && last.look === look) last.text += text;
    else found.push({ text, look });
  };
  highlightCode(code, grammar.parse(code), codeLook, put, () => put('\n', ''));
  return found;
}

/** Colours the code in an element, soon; as plain text it stands there already. */
export async function colour(host: HTMLElement, language: string, code: string): Promise<void> {
  const load = code.length > LONGEST ? null : grammarOf(language);
  const grammar = await load?.().catch(() => null);
  if (!grammar) return;
  inTurn(() => {
    if (!host.isConnected) return;
    const parts = stretchesOf(code, grammar).map(({ text, look }) => {
      if (look === '') return text;
      const span = document.createElement('span');
      span.className = look;
      span.textContent = text;
      return span;
    });
    host.replaceChildren(...parts);
  });
}
