/** What a person reads of a note, and that each of its characters is accounted for once. */
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { piecesOf } from '../../../src/markdown/pieces.ts';
import { asides, plainText } from '../../../src/markdown/plain-text.ts';

const read = (text: string): string => plainText(parse(text)).text;

describe('reads', () => {
  it.each<[string, string]>([
    ['# Head #\n\nSome *words* and\nmore.', 'Head\nSome words and more.'],
    ['Head\n===\ntext', 'Head\ntext'],
    ['> a\n> b\n>\n> c', 'a b\nc'],
    ['- a\n- b\n  c\n\n  d\n1. e', 'a\nb c\nd\ne'],
    ['- [x] done\n- [>] moved', 'done\nmoved'],
    ['a  \nb\\\nc', 'a\nb\nc'],
    ['a &amp; b &lt;c&gt; &nosuch; \\*d\\*', 'a & b <c> &nosuch; *d*'],
    ['`` a ` b `` and ` c `', 'a ` b and c'],
    ['```js\nlet a = 1;\n\n  b\n```\nc', 'let a = 1;\n\n  b\nc'],
    ['    code\n\n      more', 'code\n\n  more'],
    ['[a *b*](c "d") ![e](f.png) [g]\n\n[g]: /h', 'a b e g'],
    ['[a][b] [c][]\n\n[b]: x\n[c]: y "z"', 'a c'],
    ['<https://a.b> https://c.d', 'https://a.b https://c.d'],
    [
      '[[Note]] [[a/b#C d|shown]] [[Note#Part]] [[Note#^id]] [[#Here]]',
      'Note shown Note > Part Note Here',
    ],
    [
      '![[pic.png|300]] of damsons ![[Other#Part|so]] ![[Other]] ![[a.png|a cat|20x30]]',
      'of damsons so Other a cat',
    ],
    ['==a== ~~b~~ %%c%% d <!-- e --> f', 'a b d f'],
    ['Rating [rating:: 5], (cost:: 12).\nauthor:: B', 'Rating rating: 5, cost: 12. author: B'],
    ['**key**:: v', 'key: v'],
    ['The area $A = \\pi$ of\n\n$$\nx\ny\n$$\nz', 'The area A = \\pi of\nx\ny\nz'],
    ['<% tp.now() %> a', 'tp.now() a'],
    ['a[^1] b^[c *d*] e\n\n[^1]: f\n\n    g', 'a b (c d) e\nf\ng'],
    ['text ^ab12', 'text'],
    ['^ab12', ''],
    ['> [!note]- Title\n> text', 'Title\ntext'],
    ['> [!note]\n> text', 'text'],
    ['| a | b |\n|--|:-:|\n| **c** | |\n| d \\| e | f |', 'a\tb\nc\nd | e\tf'],
    ['a\n\n***\n\nb', 'a\nb'],
    ['---\ntitle: a\n---\nb', 'b'],
    ['%%\na\n%%\n\nb', 'b'],
    ['<!-- a --> b\n\nc', 'b\nc'],
    [
      '<div class="x"><p>Of <b>plaster</b></p></div>\n<cite>mortar</cite> &amp; <figure-x>flue</figure-x>',
      'Of plaster\nmortar & flue',
    ],
    [
      'Cut.<br>Simmer <b>a</b>b Vec<String> <img src="x" alt="three &lt;boxes&gt;"/>',
      'Cut.\nSimmer ab Vec<String> three <boxes>',
    ],
    ['<script>\nvar a;\n</script>\nb', 'b'],
    ['# A <script>b *c* `d`</script> e', 'A e'],
    ['a <style>b\nc <u>d</u></style> e <script>f</script>', 'a e'],
    ['a <script> *b* c\n\nd </script>', 'a b c\nd'],
    ['a *b <script>c* d</script> e', 'a b e'],
    ['<Listing number="1" caption="a -> b">\ntext\n</Listing>', 'text'],
    ['a <!-- b', 'a <!-- b'],
    ['[Ann]: hello', '[Ann]: hello'],
    ['#area/home and #1', '#area/home and #1'],
    ['a\r\nb\r\n\r\nc', 'a b\nc'],
    ['\ufeff# A', 'A'],
    ['a *b* **c** _d_\te', 'a b c d\te'],
    ['[![alt](i.png)](https://x.org)', 'alt'],
  ])('%j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

it('keeps what is not read as something to search', () => {
  const text =
    '[a](http://b.c "d") ![e](data:image/png;base64,xyz)\n\n```js\n1\n```\n\n%%f%%\n\n![[g.png]] [[h|i]]';
  expect(asides(parse(text)).map(({ what, text }) => [what, text])).toEqual([
    ['address', 'http://b.c'],
    ['address', '"d"'],
    ['language', 'js'],
    ['comment', 'f'],
    ['address', 'g.png'],
    ['address', 'h'],
  ]);
});

/** Holds for every text. */
function expectSound(text: string): void {
  const doc = parse(text);
  const pieces = piecesOf(doc);
  let at = 0;
  let shown = '';
  for (const piece of pieces) {
    expect(piece.from).toBe(at);
    expect(piece.to).toBeGreaterThan(piece.from);
    at = piece.to;
    if (piece.kind === 'text') shown += text.slice(piece.from, piece.to);
    if (piece.kind === 'replaced') {
      shown += piece.by;
      expect(piece.by).not.toBe('');
      expect(piece.by).not.toBe(text.slice(piece.from, piece.to));
    }
  }
  expect(at).toBe(text.length);
  const plain = plainText(doc);
  expect(plain.text).toBe(shown);
  let last = 0;
  for (let place = 0; place <= plain.text.length; place++) {
    const source = plain.toSource(place);
    expect(source).toBeGreaterThanOrEqual(last);
    last = source;
  }
  last = 0;
  for (let place = 0; place <= text.length; place++) {
    const there = plain.toPlain(place);
    expect(there).toBeGreaterThanOrEqual(last);
    last = there;
  }
  expect(last).toBe(plain.text.length);
  for (const piece of pieces) {
    if (piece.kind !== 'text') continue;
    expect(plain.text[plain.toPlain(piece.from)]).toBe(text[piece.from]);
    expect(plain.toSource(plain.toPlain(piece.from))).toBe(piece.from);
  }
}

const BITS =
  '\n|\n\n| |# |> |- |1. |    |```|```js\n|~~~|--|---\n|===|***|[|](|)|[[|]]|![[|![|<!--|-->|%%|$|$$|==|~~|~|<b>|</b>|<div>\n|<script>|</script>|<br>|<T>|`|``|_|*|**|\\|&amp;|&nbsp;|&x;|#tag|[^1]|[^1]: |^[|^id|[!note]|> [!a]- |[ ] |key:: |[k:: |<%|%>|\ufeff|\ud83d|\udc00|👩‍👩‍👧|e\u0301|日本|\r\n|\0|\t|word|Two words. |https://a.b/c|x@y.z|[a]: /b "c"\n|[a]|a.png|200'.split(
    '|',
  );
const bit = fc.oneof(fc.constantFrom(...BITS, '|'), fc.string({ maxLength: 4, unit: 'binary' }));
const mixture = fc.array(bit, { maxLength: 60 }).map((parts) => parts.join(''));

describe('each character is once text, sign, property, replaced or hidden', () => {
  it('in mixtures of all syntaxes', () => {
    fc.assert(fc.property(mixture, expectSound), { numRuns: 2000, seed: 31 });
  });

  it('behind front matter', () => {
    fc.assert(
      fc.property(mixture, mixture, (yaml, text) =>
        expectSound(`---\na: b\n${yaml}\n---\n${text}`),
      ),
      { numRuns: 300, seed: 32 },
    );
  });

  const { tests } = createRequire(import.meta.url)('commonmark-spec') as {
    tests: { markdown: string }[];
  };
  it('in every example of CommonMark, cut anywhere', () => {
    const random = fc.sample(fc.nat(), { seed: 33, numRuns: tests.length });
    tests.forEach(({ markdown }, i) => {
      const text = markdown.replaceAll('→', '\t');
      expectSound(text);
      expectSound(text.slice(0, random[i]! % (text.length + 1)));
      expectSound(text.slice(random[i]! % (text.length + 1)));
    });
  });
});

it('loses no word of a person and shows no sign, whatever stands around it', () => {
  const word = fc.stringMatching(/^[a-z]{3,8}$/);
  const around = fc.constantFrom<[string, string]>(
    ['*', '*'],
    ['**', '**'],
    ['==', '=='],
    ['~~', '~~'],
    ['`', '`'],
    ['$', '$'],
    ['[', '](http://example.org/path "title")'],
    ['[[x/y|', ']]'],
    ['^[', ']'],
    ['<u>', '</u>'],
    ['[k:: ', ']'],
    ['%%hidden%% ', ' <!-- hidden -->'],
    ['', '[^1]'],
  );
  const start = fc.constantFrom(
    '',
    '# ',
    '> ',
    '- ',
    '1. ',
    '- [x] ',
    '> [!note] ',
    '[^1]: ',
    '| x | ',
  );
  const line = fc.tuple(start, fc.array(fc.tuple(around, word), { minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const text = lines
        .map(([first, words]) => first + words.map(([[a, b], w]) => a + w + b).join(' '))
        .join('\n\n')
        .concat('\n\n[^1]: end');
      const plain = read(text);
      const found = plain.match(/[a-z]{3,8}/g) ?? [];
      expect(found).toEqual([...lines.flatMap(([, words]) => words.map(([, w]) => w)), 'end']);
      expect(plain).not.toMatch(/[*~=`$[\]<>^%#]|::/);
    }),
    { numRuns: 1000, seed: 34 },
  );
});
