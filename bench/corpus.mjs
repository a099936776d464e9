/** Notes to measure with: English-like Markdown, the same for the same seed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const list = (text) => text.trim().split(/\s+/);

const TOPICS = {
  garden: list(`tomato compost seedling frost mulch pruning greenhouse slug rosemary soil trellis
    bulb harvest hedge lavender watering root cutting orchard weed`),
  kitchen: list(`sourdough oven butter simmer garlic recipe dough broth skillet vinegar lemon
    yeast roast marinade pepper whisk cinnamon flour leftovers pantry`),
  travel: list(`passport ferry hostel luggage museum timetable harbour border mountain itinerary
    souvenir platform guidebook village coast airport visa cathedral bridge market`),
  work: list(`deadline budget meeting invoice customer roadmap contract supplier manager estimate
    workshop feedback quarter strategy office training proposal revenue schedule audit`),
  code: list(`compiler thread memory iterator closure socket parser database cache pointer
    function module exception latency queue schema deploy testing branch encryption`),
  health: list(`sleep physiotherapy dentist vitamin allergy marathon stretching appointment
    prescription posture headache breathing recovery nutrition vaccine knee doctor pulse diet rest`),
  house: list(`radiator boiler insulation plumber paint ceiling socket carpet mortgage window
    attic drill gutter lease kettle cupboard chimney fence tile furniture`),
  music: list(`chord rehearsal melody violin concert rhythm choir tuning tempo guitar recording
    harmony audience piano lyric festival drummer score amplifier scale`),
};
const ADJECTIVES = list(`old quiet careful early broken cheap reliable sudden narrow bright heavy
  strange useful late simple honest difficult fresh private steady local empty final gentle`);
const VERBS = list(`repaired compared noticed ordered measured planned forgot moved replaced
  collected explained borrowed finished tested cleaned described checked improved sold returned
  watched carried promised discussed`);
const PEOPLE = list(`Anna Marek Joan Peter Lucy Omar Ines Tomas Ruth Viktor Nadia Paul`);
const PLACES = list(`Bristol Prague Lisbon Turin Oslo Leeds Ghent Porto Vienna Dublin Basel Nice`);
const LINKS = [
  'because',
  'although',
  'so that',
  'and after that',
  'while',
  'before',
  'even though',
  'which is why',
];
const TIMES = ['last week', 'on Monday', 'in spring', 'every morning', 'after lunch', 'this year'];

/** mulberry32: small, seeded, good enough for this. Gives [0, 1). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function writer(seed) {
  const next = random(seed);
  const below = (n) => Math.floor(next() * n);
  const pick = (from) => from[below(from.length)];
  const names = Object.keys(TOPICS);
  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  const clause = (topic) => {
    const noun = () => pick(TOPICS[topic]);
    switch (below(5)) {
      case 0:
        return `${pick(PEOPLE)} ${pick(VERBS)} the ${pick(ADJECTIVES)} ${noun()} ${pick(TIMES)}`;
      case 1:
        return `the ${noun()} near the ${noun()} was more ${pick(ADJECTIVES)} than we thought`;
      case 2:
        return `we ${pick(VERBS)} ${2 + below(38)} ${noun()} notes in ${pick(PLACES)}`;
      case 3:
        return `nobody ${pick(VERBS)} the ${noun()} or the ${pick(ADJECTIVES)} ${noun()}`;
      default:
        return `a ${pick(ADJECTIVES)} ${noun()} needs its ${noun()} ${pick(TIMES)}`;
    }
  };
  const sentence = (topic) =>
    capital(
      next() < 0.55
        ? `${clause(topic)}.`
        : `${clause(topic)} ${pick(LINKS)} ${clause(topic)}${next() < 0.2 ? '!' : '.'}`,
    );
  const sentences = (topic, count) =>
    Array.from({ length: count }, () => sentence(topic)).join(' ');
  const title = (topic) => capital(`${pick(ADJECTIVES)} ${pick(TOPICS[topic])} in ${pick(PLACES)}`);
  const block = (topic) => {
    const kind = next();
    if (kind < 0.68) return sentences(topic, 2 + below(5));
    const lines = 3 + below(4);
    const each = (one) => Array.from({ length: lines }, one).join('\n');
    if (kind < 0.84) return each(() => `- ${clause(topic)}`);
    if (kind < 0.89) return each((_, i) => `${i + 1}. ${clause(topic)}`);
    if (kind < 0.93) return `> ${sentence(topic)}`;
    if (kind < 0.97) {
      const row = () => `| ${pick(TOPICS[topic])} | ${below(90)} | ${pick(ADJECTIVES)} |`;
      return `| what | how many | how |\n|---|---|---|\n${each(row)}`;
    }
    const call = () => `${pick(TOPICS.code)}.${pick(VERBS)}(${below(100)});`;
    return `\`\`\`js\n${each(call)}\n\`\`\``;
  };
  /** About `words` words of Markdown under headings. */
  const body = (topic, words) => {
    const parts = [];
    let count = 0;
    while (count < words) {
      if (parts.length > 0 && parts.length % 6 === 0) parts.push(`## ${title(topic)}`);
      const part = block(topic);
      parts.push(part);
      count += part.split(/\s+/).length;
    }
    return parts.join('\n\n');
  };
  return { below, pick, names, next, title, sentence, sentences, body };
}

/** Words a note: a third one-liners to short, most of a page, a few long ones up to `longest`. */
function lengthOf(next, longest) {
  const kind = next();
  if (kind < 0.15) return 0;
  if (kind < 0.4) return 20 + next() * 80;
  if (kind < 0.85) return 100 + next() * 400;
  return 500 + next() * (longest - 500);
}

/**
 * Notes by path, each with a title of its own, so that no two passages are equal.
 * @param {{ notes: number, seed?: number, longest?: number, words?: number }} options
 *   `longest`: words of the longest note; `words`: all notes about this long instead
 * @returns {{ path: string, text: string }[]}
 */
export function corpus({ notes, seed = 1, longest = 2_000, words }) {
  const { names, next, title, sentence, body } = writer(seed);
  return Array.from({ length: notes }, (_, i) => {
    const topic = names[i % names.length];
    const path = `${topic}/note-${seed}-${String(i).padStart(4, '0')}.md`;
    const length = words ? words * (0.5 + next()) : lengthOf(next, longest);
    const text =
      length === 0
        ? `${sentence(topic)}\n`
        : `# ${title(topic)} ${seed}.${i}\n\n${body(topic, length)}\n`;
    return { path, text };
  });
}

/** One note of `paragraphs` paragraphs, each a passage of its own. */
export function longNote({ paragraphs, seed = 7 }) {
  const { sentences } = writer(seed);
  const parts = Array.from({ length: paragraphs }, () => sentences('garden', 4));
  return `# A year in the garden\n\n${parts.join('\n\n')}\n`;
}

/** What to search for: a few words of a topic, as a person might ask. */
export function queries({ count, seed = 3 }) {
  const { names, pick } = writer(seed);
  return Array.from({ length: count }, () => {
    const words = TOPICS[pick(names)];
    return `${pick(ADJECTIVES)} ${pick(words)} and ${pick(words)} ${pick(TIMES)}`;
  });
}

/** Writes notes into a folder of their own. */
export function folderOf(notes) {
  const parent = mkdtempSync(join(tmpdir(), 'findling-bench-'));
  const dir = join(parent, 'notes');
  for (const { path, text } of notes) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { dir, remove: () => rmSync(parent, { recursive: true, force: true }) };
}
