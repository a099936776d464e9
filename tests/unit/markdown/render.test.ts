/** What is drawn of a note: elements by name, and nothing of it as HTML. */
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import type { Drawn } from '../../../src/markdown/drawn.ts';
import { plainText } from '../../../src/markdown/plain-text.ts';
import { render } from '../../../src/markdown/render.ts';
import { safeAddress } from '../../../src/markdown/safe-address.ts';
import { commonHtml, drawnHtml } from './drawn-html.ts';

const html = (text: string): string => drawnHtml(render(parse(text)));

describe('draws', () => {
  it.each<[string, string]>([
    ['# A *b*\n\nc\nd', '<h1>A <em>b</em></h1><p>c<br isSoft></br>d</p>'],
    [
      '> a *b\n> c* `d\n> e`',
      '<blockquote><p>a <em>b<br isSoft></br>c</em> <code>d e</code></p></blockquote>',
    ],
    ['<div>\na\nb</div>\n\nc\n%%d%%', '<p>a b\n</p><p>c</p>'],
    ['- a\n- b\n\n  c', '<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>'],
    ['- a\n- b', '<ul isTight><li><p>a</p></li><li><p>b</p></li></ul>'],
    [
      '3. [x] a\n4. [-] b',
      '<ol isTight start="3"><li task="x"><p>a</p></li><li task="-"><p>b</p></li></ol>',
    ],
    [
      '> [!Note|wide]- A *b*\n> c',
      '<callout callout="note" fold="-"><callout-title>A <em>b</em></callout-title><p>c</p></callout>',
    ],
    ['> [!tip]\n> c', '<callout callout="tip"><p>c</p></callout>'],
    ['> a\n> > b', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>'],
    ['```js x\na\n\n  b\n```', '<pre language="js">a\n\n  b</pre>'],
    ['`a` $b$ <% c %>', '<p><code>a</code> <math>b</math> <template>c</template></p>'],
    ['$$\na\nb\n$$', '<math isBlock>a\nb</math>'],
    [
      '|a|b|\n|:-|-:|\n|c||\n|d|e|f|',
      '<table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead><tbody><tr><td align="left">c</td><td align="right"></td></tr><tr><td align="left">d</td><td align="right">e</td></tr></tbody></table>',
    ],
    [
      '[a](b.md#c) [d](javascript:alert) [e](<//f>)',
      '<p><a href="b.md#c">a</a> <a>d</a> <a>e</a></p>',
    ],
    [
      '![a *b*](c.png "d") ![e](data:image/png;base64,x)',
      '<p><img alt="a b" src="c.png" title="d"></img> <img alt="e"></img></p>',
    ],
    [
      'https://a.b [https://c.d](e)',
      '<p><a href="https://a.b">https://a.b</a> <a href="e">https://c.d</a></p>',
    ],
    [
      '[[a#b|c]] [[d#^e]] ![[f.png|c|20x30]]',
      '<p><wiki target="a" heading="b">c</wiki> <wiki target="d" block="e">d</wiki> <embed target="f.png" width="20" height="30">c</embed></p>',
    ],
    ['[[C#]]', '<p><wiki target="C" heading="">C#</wiki></p>'],
    ['a ![[b.png]] c', '<p>a <embed target="b.png"></embed> c</p>'],
    ['#a ==b== ~c~ k:: v', '<p><tag>#a</tag> <mark>b</mark> <del>c</del> k:: v</p>'],
    ['k:: v', '<p><key>k</key>: v</p>'],
    [
      'a[^x] b^[c] d[^x]\n\n[^x]: e\n\n    f',
      '<p>a<footnote-reference number="1"></footnote-reference> b<footnote-reference number="2"></footnote-reference> d<footnote-reference number="1"></footnote-reference></p><footnotes><footnote number="1"><p>e</p><p>f</p></footnote><footnote number="2"><p>c</p></footnote></footnotes>',
    ],
    [
      'a ^id\n\n- b ^id2\n\n|c|\n|-|\n\n^id3',
      '<p blockId="id">a</p><ul isTight><li blockId="id2"><p>b</p></li></ul><table blockId="id3"><thead><tr><th>c</th></tr></thead></table>',
    ],
    ['a  \nb<br>c', '<p>a<br></br>b<br></br>c</p>'],
    [
      '<u>a *b*</u> <kbd class="x" onclick="y">c</kbd> <b>d</b> <T> <sub>e',
      '<p><u>a <em>b</em></u> <kbd>c</kbd> d &lt;T&gt; e</p>',
    ],
    ['<u>*a</u>*', '<p><em>a</em></p>'],
    [
      '<details open><summary>A <b>b</b></summary>\n\n- c\n\n</details>\n\nd',
      '<details><summary>A b</summary><ul isTight><li><p>c</p></li></ul></details><p>d</p>',
    ],
    ['<details>\n\na', '<p>a</p>'],
    [
      '<div onclick="x"><p>a <mark>b</mark></p></div>\n<script>c</script>',
      '<p>a <mark>b</mark></p>',
    ],
    [
      '<script>alert(1)</script>\n\n<style>\na\n</style>\n\n<img src=x onerror=y alt="z">',
      '<p>z</p>',
    ],
    ['a &lt;script&gt; <!-- b --> %%c%%', '<p>a &lt;script&gt;</p>'],
    ['%%\na\n%%\n\n<!-- b -->', ''],
    ['---\na: b\n---\nc', '<properties></properties><p>c</p>'],
    ['a <script', '<p>a &lt;script</p>'],
  ])('%j', (text, expected) => {
    expect(html(text)).toBe(expected);
  });
});

it('makes no million cells of a small note', () => {
  const cells = (columns: number): number => {
    const rows = `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|b|\n'.repeat(1_000)}`;
    return html(rows).match(/<t[hd]>/g)!.length;
  };
  expect(cells(10)).toBe(10 + 10 * 1_000);
  expect(cells(500)).toBe(500 + 1_000);
});

it('draws addresses that stand as they are as links', () => {
  const links: string[] = [];
  const look = (all: Drawn[]): void => {
    for (const one of all) {
      if (typeof one === 'string') continue;
      if (one.name === 'a') links.push(one.href ?? '');
      look(one.children);
    }
  };
  look(render(parse('www.a.org, https://b.c/d. Mail x@y.org or mailto:z@y.org, not plain.com.')));
  expect(links).toEqual(['http://www.a.org', 'https://b.c/d', 'mailto:x@y.org', 'mailto:z@y.org']);
});

it('draws a stretch', () => {
  const text = '# A\n\nb *c d* e\n\n- f\n- g';
  const doc = parse(text);
  expect(drawnHtml(render(doc, text.indexOf('d'), text.indexOf('g')))).toBe(
    '<p><em>d</em> e</p><ul isTight><li><p>f</p></li></ul>',
  );
});

it.each([
  ['https://a.b', 'https://a.b'],
  ['HTTP://a.b', 'HTTP://a.b'],
  ['mailto:a@b.c', 'mailto:a@b.c'],
  ['attachment:0a', 'attachment:0a'],
  ['a/b c.md#d', 'a/b c.md#d'],
  ['../a.png', '../a.png'],
  ['#a', '#a'],
  ['?a:b', '?a:b'],
  ['', ''],
  ['javascript:a', null],
  [' java\tscript:a', null],
  ['\u0001javascript:a', null],
  ['java\nscript\n:a', null],
  ['data:text/html,a', null],
  ['file:///a', null],
  ['//a.b', null],
  ['\\\\a.b', null],
  ['/\\a.b', null],
  ['/\t/a.b', null],
  ['%6aavascript:a', null],
])('%j may lead to %j', (address, expected) => {
  expect(safeAddress(address)).toBe(expected);
});

const { tests } = createRequire(import.meta.url)('commonmark-spec') as {
  tests: { markdown: string; html: string; number: number; section: string }[];
};

/** By what: numbers of examples that are drawn otherwise than CommonMark's HTML. */
const OTHERWISE: Record<string, number[]> = {
  'spaces of a tab, and of a blank line, within code': [5, 6, 7, 112, 334],
  'tags are no text': [344, 475, 476, 477, 491, 494, 524, 536, 642, 643],
  'unknown tags are text': [201],
  'comments are not drawn': [308, 309],
  'front matter, tags, wiki links, bare addresses': [64, 98, 548, 559, 590, 602, 608, 611, 612],
  'definitions that nothing uses': [207, 208, 210, 317, 537, 538, 545, 563, 565, 567, 571, 592],
  'addresses that lead nowhere safe': [500, 596, 598, 599, 601],
  'addresses are kept as they are written': [503, 504, 507],
};

it('draws CommonMark as it is, but where notes depart from it', () => {
  const onOneLine = (html: string): string =>
    html
      .replace(/\n/g, ' ')
      .replace(/ *(<\/?(?:p|h\d|ul|ol|li|blockquote|pre|hr|br)\b[^>]*>) */g, '$1')
      .replace(/ *(<\/code><\/pre>)/g, '$1')
      .trim();
  const differ: number[] = [];
  let compared = 0;
  for (const { markdown, html, number, section } of tests) {
    // Their examples are about what HTML makes of it.
    if (/HTML|Backslash|Entity/.test(section)) continue;
    compared++;
    const ours = onOneLine(commonHtml(render(parse(markdown.replaceAll('→', '\t')))));
    const theirs = html.replaceAll('→', '\t').replace(/(href|src)="([^"]*)"/g, (all, key, url) => {
      try {
        return `${key}="${decodeURI(url)}"`;
      } catch {
        return all;
      }
    });
    if (ours !== onOneLine(theirs)) differ.push(number);
  }
  console.log(`drawn alike: ${compared - differ.length} of ${compared}`);
  const wanted = Object.values(OTHERWISE).flat();
  expect(differ).toEqual(wanted.sort((a, b) => a - b));
});

const NAMES =
  /^(?:a|blockquote|br|callout|callout-title|code|del|details|em|embed|footnote|footnote-reference|footnotes|h[1-6]|hr|img|kbd|key|li|mark|math|ol|p|pre|properties|strong|sub|summary|sup|table|tag|tbody|td|template|th|thead|tr|u|ul|wiki)$/;
const BITS =
  '\n|\n\n|# |> |- |1. |    |```|[|](|)|[[|]]|![[|![|<!--|-->|%%|$|==|~~|<u>|</u>|<details>|</details>|<summary>|</summary>|<div>\n|<br>|<img src=x onerror=y>|<a href="javascript:z">|`|_|*|**|&lt;|[^1]|[^1]: |^[|^id|> [!a]- |[ ] |javascript:a|data:b|//c|https://d.e|a;b\n-;-\n|word '.split(
    '|',
  );

it('makes elements of its list alone, with safe addresses, and loses no text', () => {
  const text = fc
    .array(fc.constantFrom(...BITS), { maxLength: 50 })
    .map((parts) => parts.join('').replaceAll(';', '|'));
  const check = (drawn: readonly Drawn[], depth: number): string =>
    drawn
      .map((one) => {
        if (typeof one === 'string') return one;
        expect(one.name).toMatch(NAMES);
        expect(depth).toBeLessThan(200);
        for (const address of [one.href, one.src]) {
          if (address !== undefined) expect(safeAddress(address)).toBe(address);
        }
        return `${one.alt ?? ''} ${check(one.children, depth + 1)}`;
      })
      .join(' ');
  fc.assert(
    fc.property(text, (source) => {
      const doc = parse(source);
      const words = (read: string): string[] => (read.match(/word/g) ?? []).sort();
      const drawn = words(check(render(doc), 0));
      // A footnote that nothing refers to, and cells beyond the head, are not drawn.
      if (!/\[\^|\|/.test(source)) expect(drawn).toEqual(words(plainText(doc).text));
    }),
    { numRuns: 3000, seed: 41 },
  );
});
