import { useEffect, useRef } from 'preact/hooks';
import { colour } from '../code/colour.ts';
import { drawFormula } from '../math/formula.ts';

/** Code whose colours come a moment later. Given its code as key: what is drawn is never changed. */
export function Code({ language, source }: { language: string; source: string }) {
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    if (host.current) void colour(host.current, language, source);
  }, []);
  return <code ref={host}>{source}</code>;
}

/** A formula; what is written stands there until it is drawn, and where it cannot be. */
export function Formula({ source, isBlock }: { source: string; isBlock: boolean }) {
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = host;
    if (!current) return;
    void drawFormula(current, source, isBlock, (isDrawn) => {
      if (isDrawn) current.className = '';
    });
  }, []);
  return (
    <span ref={host} class="written" dir="ltr">
      {source}
    </span>
  );
}
