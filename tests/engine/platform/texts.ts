import { random } from '../../random.ts';

const WORDS =
  'river stone winter garden letter engine market silver bridge candle forest harbour kettle lantern meadow orchard pebble quarry ribbon saddle thunder valley willow anchor basket copper dragon ember feather glacier'.split(
    ' ',
  );

export interface Text {
  title: string;
  text: string;
}

/** A note of one to four paragraphs, no two alike, long enough that each is a passage. */
export function makeNote(serial: number, edition = 0): Text {
  const next = random(serial * 7919 + edition);
  const word = () => WORDS[Math.floor(next() * WORDS.length)]!;
  const paragraph = (p: number) =>
    `Entry ${serial}.${p}.${edition}: ${Array.from({ length: 40 + Math.floor(next() * 50) }, word).join(' ')}.`;
  const count = 1 + Math.floor(next() * 3);
  return {
    title: `Note ${serial}`,
    text: Array.from({ length: count }, (_, p) => paragraph(p)).join('\n\n'),
  };
}
