import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountTokens, chunk, type Passage } from '../../src/worker/chunk/chunk';

const WINDOW = 128;
/** About a token per four characters of each word, as for English. */
const countTokens: CountTokens = (text) => {
  let sum = 0;
  for (const word of text.match(/\S+/g) ?? []) sum += Math.ceil(word.length / 4);
  return sum;
};
const opts = { window: WINDOW, countTokens };
const embeds = (title: string, text: string) => chunk(title, text, opts).map((p) => p.embedText);
const shown = (text: string, title = '') =>
  chunk(title, text, opts).map((p) => text.slice(p.start, p.end));

/** How many of `after`, as a multiset, are not in `before`. */
function fresh(before: string[], after: string[]): number {
  const left = new Map<string, number>();
  for (const text of before) left.set(text, (left.get(text) ?? 0) + 1);
  let count = 0;
  for (const text of after) {
    const n = left.get(text) ?? 0;
    if (n > 0) left.set(text, n - 1);
    else count++;
  }
  return count;
}

function expectSound(title: string, text: string, passages: Passage[], window = WINDOW) {
  let last = 0;
  for (const p of passages) {
    expect(p.embedText.trim()).toBe(p.embedText);
    expect(p.embedText).not.toBe('');
    expect(countTokens(p.embedText)).toBeLessThanOrEqual(window);
    expect(p.start).toBeGreaterThanOrEqual(last);
    expect(p.end).toBeLessThanOrEqual(text.length);
    if (text.trim() !== '' && p.end > 0) {
      const own = text.slice(p.start, p.end);
      expect(own).toBe(own.trim());
      expect(own).not.toBe('');
      expect(cutsPair(text, p.start) || cutsPair(text, p.end)).toBe(false);
    }
    last = p.end;
  }
  expect(chunk(title, text, { window, countTokens })).toEqual(passages);
}

function cutsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
}

const word = fc.stringMatching(/^[a-z]{1,9}$/);
const sentence = fc
  .array(word, { minLength: 1, maxLength: 14 })
  .map((words) => `${words.join(' ').replace(/^./, (c) => c.toUpperCase())}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((s) => s.join(' '));
const wrapped = paragraph.map((text) => text.replace(/(.{30}\S*) /g, '$1\n'));
const heading = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.array(word, { minLength: 1, maxLength: 5 }))
  .map(([level, words]) => `${'#'.repeat(level)} ${words.join(' ')}`);
const list = fc
  .tuple(
    fc.constantFrom('-', '*', '1.'),
    fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
  )
  .map(([bullet, items]) => items.map((words) => `${bullet} ${words.join(' ')}`).join('\n'));
const code = fc
  .array(fc.array(word, { maxLength: 5 }), { minLength: 1, maxLength: 6 })
  .map((lines) => `\`\`\`js\n${lines.map((words) => words.join(' ')).join('\n')}\n\`\`\``);
const table = fc
  .array(fc.tuple(word, word), { minLength: 1, maxLength: 5 })
  .map((rows) => `a | b\n--|--\n${rows.map((row) => row.join(' | ')).join('\n')}`);
const quote = wrapped.map((text) => text.replace(/^/gm, '> '));
const block = fc.oneof(
  { weight: 5, arbitrary: fc.oneof(paragraph, wrapped) },
  { weight: 2, arbitrary: heading },
  { weight: 1, arbitrary: fc.oneof(list, code, table, quote, fc.constant('---')) },
);
const blocks = fc.array(block, { minLength: 1, maxLength: 14 });
const anyTitle = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));

describe('locality', () => {
  const edit = (kind: 'replace' | 'insert' | 'delete', seed: number) =>
    fc.assert(
      fc.property(anyTitle, blocks, fc.nat(), paragraph, (title, before, at, changed) => {
        const after = [...before];
        if (kind === 'insert') after.splice(at % (before.length + 1), 0, changed);
        else {
          const editable = before.flatMap((b, i) => (/^[A-Z]/.test(b) ? [i] : []));
          fc.pre(editable.length > 0);
          const index = editable[at % editable.length] as number;
          if (kind === 'delete') after.splice(index, 1);
          else after[index] = changed;
        }
        const [old, now] = [before, after].map((all) => embeds(title, all.join('\n\n')));
        expect(fresh(old as string[], now as string[])).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1500, seed },
    );

  it('embeds at most two passages anew when a paragraph is edited', () => edit('replace', 1));
  it('embeds at most two passages anew when a paragraph is added', () => edit('insert', 2));
  it('embeds at most two passages anew when a paragraph is removed', () => edit('delete', 3));

  it('holds for words added to a paragraph, across the room for its overlap', () => {
    const text = (n: number) =>
      [
        '# Head',
        'First one here. '.repeat(3),
        'word '.repeat(n),
        'Third. '.repeat(20),
        'End.',
      ].join('\n\n');
    for (let n = 1; n < 128; n++) {
      expect(fresh(embeds('A title', text(n)), embeds('A title', text(n + 1)))).toBeLessThan(3);
    }
  });

  it('changes few passages when a sentence of a very long paragraph is edited', () => {
    const sentences = fc.sample(sentence, { seed: 5, numRuns: 600 });
    const before = embeds('T', sentences.join(' '));
    expect(before.length).toBeGreaterThan(40);
    let worst = 0;
    let total = 0;
    for (let i = 0; i < 600; i += 10) {
      const edited = sentences.with(i, 'Quite another sentence stands here now.');
      const count = fresh(before, embeds('T', edited.join(' ')));
      worst = Math.max(worst, count);
      total += count;
    }
    expect(worst).toBeLessThan(16);
    expect(total / 60).toBeLessThan(4);
  });
});

describe('soundness', () => {
  it('keeps windows, ranges and determinism for notes of blocks, and covers every word', () => {
    fc.assert(
      fc.property(anyTitle, blocks, fc.integer({ min: 16, max: 160 }), (title, all, window) => {
        const text = all.join('\n\n');
        const passages = chunk(title, text, { window, countTokens });
        expectSound(title, text, passages, window);
        let from = 0;
        for (const b of all) {
          const start = text.indexOf(b, from);
          from = start + b.length;
          if (b.startsWith('#') || b === '---') continue;
          for (const match of b.matchAll(/[A-Za-z]+/g)) {
            const at = start + match.index;
            const holds = (p: Passage) => p.start <= at && p.end >= at + 1;
            expect(b.startsWith('```') || passages.some(holds)).toBe(true);
          }
        }
      }),
      { numRuns: 600, seed: 11 },
    );
  });

  it('takes any string, broken Markdown and lone surrogates included', () => {
    const bits = fc.constantFrom(
      ...[
        '\n',
        '\n\n',
        ' ',
        '# ',
        '> ',
        '- ',
        '1. ',
        '```',
        '~~~',
        '|',
        '--|--',
        '---',
        '===',
        '***',
      ],
      ...[
        '[',
        '](',
        ')',
        '[[',
        ']]',
        '![',
        '<!--',
        '-->',
        '<b a="',
        '>',
        '`',
        '``',
        '_',
        '**',
        '\\',
      ],
      ...[
        '&nbsp;',
        '\0',
        '\r',
        '\ud83d',
        '👩‍👩‍👧',
        'e\u0301',
        '日本語。',
        'word',
        'Sentence. ',
        '{{#include x}}',
      ],
    );
    const text = fc
      .array(fc.oneof(bits, fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 120 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (title, body) => expectSound(title, body, chunk(title, body, opts))),
      { numRuns: 1500, seed: 12 },
    );
  });

  it('stays in the window with a counter that is not additive', () => {
    const odd: CountTokens = (text) => (text === '' ? 0 : 2 + Math.ceil(text.length / 3));
    for (const text of ['word '.repeat(500), 'x'.repeat(5000), '日本語'.repeat(900)]) {
      for (const p of chunk('Title', text, { window: 128, countTokens: odd })) {
        expect(odd(p.embedText)).toBeLessThanOrEqual(128);
      }
    }
  });

  it('rejects a window too small to hold anything', () => {
    expect(() => chunk('', 'x', { window: 8, countTokens })).toThrow(RangeError);
  });
});

describe('blocks', () => {
  it('makes one passage of each block', () => {
    const text =
      '# Top\n\nPara one\nstill one.\n\n- a\n- b\n  c\n\n```js\nx\n\ny\n```\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n> quote\n> more\n\n***\n\nlast';
    expect(shown(text)).toEqual([
      'Para one\nstill one.',
      '- a\n- b\n  c',
      '```js\nx\n\ny\n```',
      '| h | i |\n|---|---|\n| 1 | 2 |',
      '> quote\n> more',
      'last',
    ]);
  });

  it('lets lists, fences, headings and quotes end a paragraph', () => {
    expect(shown('Buy:\n- milk\n- eggs\n# H\ntext\n> quote\n~~~\ncode')).toEqual([
      'Buy:',
      '- milk\n- eggs',
      'text',
      '> quote',
      '~~~\ncode',
    ]);
  });

  it('reads no list out of a year in the middle of a paragraph', () => {
    expect(shown('It was in\n1986. A good year.')).toHaveLength(1);
  });

  it('keeps an unclosed fence to the end, and headings in it as code', () => {
    expect(shown('```\na\n\n# b')).toEqual(['```\na\n\n# b']);
  });

  it('gives the heading path, setext included, and ends it with the next such heading', () => {
    const text = 'Top\n===\n\nintro\n\nSub\n---\n\none\n\n### Deep\n\ntwo\n\n## Other\n\nthree';
    expect(chunk('', text, opts).map((p) => p.headings)).toEqual([
      ['Top'],
      ['Top', 'Sub'],
      ['Top', 'Sub', 'Deep'],
      ['Top', 'Other'],
    ]);
  });

  it('ends headings inside a quote with the quote', () => {
    const text = '# A\n\n> ## Q\n>\n> inside\n\nafter';
    expect(chunk('', text, opts).map((p) => p.headings)).toEqual([['A', 'Q'], ['A']]);
  });

  it('gives a heading without anything under it its own passage', () => {
    const text = '# A\n\n## B\n\n## C\n\ntext\n\n## D';
    expect(embeds('T', text)).toEqual(['T. A. B', 'T. A. C. text', 'T. A. D']);
    expect(shown(text, 'T')).toEqual(['## B', 'text', '## D']);
  });

  it('falls back to the title, or to nothing', () => {
    expect(chunk(' My  title ', ' \n---\n', opts)).toEqual([
      { headings: [], start: 0, end: 0, embedText: 'My title' },
    ]);
    expect(chunk('', ' \n***\n<!-- x -->\n', opts)).toEqual([]);
  });

  it('skips front matter at the start, but not rules around prose', () => {
    expect(shown('---\ntitle: x\ntags: [a]\n---\nbody')).toEqual(['body']);
    expect(shown('---\nSome prose.\n\n---\nbody')).toEqual(['Some prose.', 'body']);
    expect(shown('---\n\nNo key, prose.\n\n---\nbody')).toEqual(['No key, prose.', 'body']);
    // Plugins write a blank line there.
    expect(shown('---\n\nkanban-plugin: basic\n\n---\nbody')).toEqual(['body']);
  });

  it('skips comments, across blank lines too', () => {
    expect(shown('a\n\n<!-- one\n\ntwo -->\n\nb')).toEqual(['a', 'b']);
    expect(shown('a\n\n<!-- one\n\ntwo')).toEqual(['a', '<!-- one', 'two']);
  });

  it('splits a long list at its items, code and tables at their lines', () => {
    const many = Array.from({ length: 60 }, (_, i) => `item number ${i} of the whole`);
    const check = (text: string, line: RegExp) => {
      const parts = shown(text);
      expect(parts.length).toBeGreaterThan(2);
      for (const part of parts) for (const l of part.split('\n')) expect(l).toMatch(line);
    };
    check(many.map((s) => `- ${s}`).join('\n'), /^- item .* whole$/);
    check(
      many
        .map((s) => `| ${s} | x |`)
        .join('\n')
        .replace('\n', '\n|--|--|\n'),
      /\|$/,
    );
    check(`\`\`\`\n${many.join('\n')}\n\`\`\``, /^item .* whole$|^```$/);
  });

  it('splits a long paragraph at sentences, but not after abbreviations', () => {
    const text = 'We met Dr. Smith, e.g. at noon, for some tea and rather dry cake. '.repeat(20);
    for (const part of shown(text)) expect(part).toMatch(/^We met .* cake\.$/);
    for (const part of shown('これは文です。次の文もあります。'.repeat(60))) {
      expect(part).toMatch(/。$/);
    }
  });

  it('cuts no character in two', () => {
    const family = '👩‍👩‍👧‍👦';
    for (const part of shown(family.repeat(400))) {
      expect(part.length % family.length).toBe(0);
    }
  });
});

describe('embedText', () => {
  const body = (text: string) => embeds('', text)[0];

  it.each([
    ['**bold** and _it_ and ~~gone~~ and ==mark==', 'bold and it and gone and mark'],
    ['snake_case 2*3 a == b `**raw** <T>`', 'snake_case 2*3 a == b **raw** <T>'],
    ['see [the *docs*](https://x.org/a_(b)) now', 'see the docs now'],
    ['[ref][x]<!-- ignore --> and ![a cat](cat.png)\n\n[x]: y', 'ref and a cat'],
    ['[ref][x] without a definition', '[ref][x] without a definition'],
    ['[![alt](i.png)](https://x.org)', 'alt'],
    ['[[Page|an alias]], [[Plain]] and note[^1]\n\n[^1]: It.', 'an alias, Plain and note'],
    ['<https://x.org/y> Vec<String> a<br>b <b>c</b>d', 'https://x.org/y Vec<String> a b cd'],
    ['<Listing number="1-1" caption="A -> `B<T>`">\ntext\n</Listing>', 'text'],
    ['<img src="x.png" alt="three boxes"/> there', 'three boxes there'],
    ['- [x] done\n- [ ] open\n  1. sub', 'done open sub'],
    ['a &amp; b &lt;c&gt;', 'a & b <c>'],
    ['\\*not bold\\*', '*not bold*'],
    ['[text]\n\n[text]: https://x.org "T"\n[^1]: a footnote', 'text'],
    ['[Ann]: hello there', '[Ann]: hello there'],
    ['> [!NOTE] Mind\n> this', 'Mind this'],
    ['| a | b |\n|:--|--:|\n| 1 | 2 |', 'a b 1 2'],
    ['```rust\nlet s = *p_q;\n```', 'let s = *p_q;'],
  ])('%j reads %j', (text, expected) => {
    expect(body(text)).toBe(expected);
  });

  it('has title, headings and the end of the block before in front', () => {
    const text = '# One\n\n## Two!\n\nFirst block.\n\nSecond block.\n\n## Three\n\nThird block.';
    expect(embeds('Title', text)).toEqual([
      'Title. One. Two! First block.',
      'Title. One. Two! First block. Second block.',
      'Title. One. Three. Third block.',
    ]);
  });

  it('does not say the title twice', () => {
    expect(embeds('One', '# One\n\ntext')).toEqual(['One. text']);
  });

  it('keeps title and headings to a quarter, the innermost heading first', () => {
    const long = 'many words stand here '.repeat(30);
    const [text] = embeds(`Title ${long}`, `# Outer ${long.slice(0, 200)}\n\n## Inner\n\nbody`);
    expect(text).toMatch(/^Title many .* Inner\. body$/);
    expect(text).not.toContain('Outer');
    expect(countTokens(text ?? '') - countTokens('body')).toBeLessThanOrEqual(WINDOW / 4);
  });

  it('leaves a block whole that only fits without its headings', () => {
    const text = 'abcd '.repeat(126).trim();
    expect(embeds('A long title of a note', `# With a heading\n\n${text}`)).toHaveLength(1);
  });
});

describe('size', () => {
  const timed = (text: string, limit: number) => {
    const start = performance.now();
    const before = process.cpuUsage();
    const passages = chunk('Title', text, opts);
    // Processor time where others take the clock's.
    const { user, system } = process.cpuUsage(before);
    expect(Math.min(performance.now() - start, (user + system) / 1000)).toBeLessThan(limit);
    for (const p of passages) if (countTokens(p.embedText) > WINDOW) expect.fail('over the window');
    return passages;
  };

  it('takes a line of a million characters without a space', () => {
    expect(timed('x'.repeat(1_000_000), 10_000).length).toBeGreaterThan(1000);
    timed('日本'.repeat(500_000), 20_000);
  });

  it('takes 2.5 MB of prose, in paragraphs and in one', () => {
    const sentences = fc.sample(sentence, { seed: 21, numRuns: 1000 }).join(' ');
    const prose = `${sentences}\n\n`.repeat(Math.ceil(2_500_000 / sentences.length));
    timed(prose, 8_000);
    timed(prose.replaceAll('\n\n', ' '), 8_000);
    timed(prose.replace(/[.\n]+/g, ' '), 8_000);
  });

  it('takes 50 000 short lines, blocks, items and rows', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `line ${i}`);
    timed(lines.join('\n'), 5_000);
    timed(lines.join('\n\n'), 5_000);
    timed(`- ${lines.join('\n- ')}`, 5_000);
    timed(`\`\`\`\n${lines.join('\n\n')}`, 5_000);
    timed(`a | b\n--|--\n${lines.join('|\n')}`, 5_000);
    timed('same line\n'.repeat(50_000), 5_000);
    timed(`# ${lines.join('\n# ')}`, 5_000);
  });

  it.each(
    [
      '[',
      ']',
      '![',
      '](',
      '[[',
      '`',
      '` `` ',
      '*',
      '_',
      '<',
      '<a ',
      '<a "',
      '<!--',
      '<!--\n\n',
      '>',
      '> ',
      '.',
      '. ',
      '.)',
      '\\',
      '~',
      '|',
      '-',
      '- ',
      '#',
      '\n',
      ' ',
      '\t',
      '&',
      '[a',
      '[a](',
      '{{#include ',
      '\0',
      '```\n',
      '\u0301',
      '。',
      '```x\n~~~\n',
      '[^',
      '\r',
    ].map((bit) => [bit]),
  )('takes 100 kB of %j', (bit) => {
    const text = bit.repeat(100_000 / bit.length);
    timed(text, 7_000);
    timed(`a.${text}\n\n${text}b`, 7_000);
  });
});
