/** Filters by properties in a query: `[status:done]`, `[rating>=4]`. Pure; `[annex]` alone is a word. */

export type PropertySign = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface PropertyAsked {
  kind: 'property';
  name: string;
  sign: PropertySign;
  value: string;
}

/** Neither `[std::vector]` nor `[https://x.org]` asks for a property. */
const ASKED =
  /(-?)\[[ \t]*(\p{L}[\p{L}\p{N}\p{M} _./-]{0,60}?)[ \t]*(<=|>=|!=|[:=<>])(?!:|\/\/)[ \t]*(?:"([^"\]]{1,200})"|([^[\]"]{1,200}))[ \t]*\](?=\s|$)/uy;

/** The filter that begins at a place of a query; null for none. */
export function propertyAt(
  raw: string,
  at: number,
): { asked: PropertyAsked; not: boolean; end: number } | null {
  ASKED.lastIndex = at;
  const match = ASKED.exec(raw);
  const value = (match?.[4] ?? match?.[5] ?? '').trim();
  if (!match || value === '') return null;
  const [, minus, name, sign] = match;
  return {
    asked: { kind: 'property', name: name!.trim(), sign: sign as PropertySign, value },
    not: minus === '-',
    end: ASKED.lastIndex,
  };
}

/** A filter as it is typed. */
export const propertyText = ({ name, sign, value }: PropertyAsked): string =>
  `${name}${sign}${value}`;
