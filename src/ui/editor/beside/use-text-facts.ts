import { useRef, useState } from 'preact/hooks';
import type { LeftOut } from '../../../markdown/left-out.ts';
import { isLong } from '../note-text.tsx';
import { W } from '../words.ts';
import type { Heading } from './outline.ts';

/** Debounce after the last key, ms. */
const AFTER_MS = 300;

export interface TextFacts {
  /** "231 words", or how long a long note is. */
  length: string;
  headings: readonly Heading[];
  /** What search leaves out of it. */
  leftOut: readonly LeftOut[];
}

const NONE: TextFacts = { length: '', headings: [], leftOut: [] };

/** What is told beside a text; looked at when the typing pauses. */
export function useTextFacts(): { facts: TextFacts; look(text: () => string, ms?: number): void } {
  const [facts, setFacts] = useState(NONE);
  const timer = useRef(0);
  return {
    facts,
    look(text, ms = AFTER_MS) {
      clearTimeout(timer.current);
      timer.current = window.setTimeout(async () => {
        const [{ countWords }, { outlineOf }, { leftOutOf }] = await Promise.all([
          import('./word-count.ts'),
          import('./outline.ts'),
          import('../../../markdown/left-out.ts'),
        ]);
        const now = text();
        const leftOut = leftOutOf(now);
        if (isLong(now)) setFacts({ length: W.plainText, headings: [], leftOut });
        else setFacts({ length: W.words(countWords(now)), headings: outlineOf(now), leftOut });
      }, ms);
    },
  };
}
