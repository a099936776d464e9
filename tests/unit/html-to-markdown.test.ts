import { describe, expect, it } from 'vitest';
import { htmlToMarkdown } from '../../src/ui/editor/rich/html-to-markdown.ts';

const read = (html: string) => htmlToMarkdown(html, async () => {});

describe('htmlToMarkdown', () => {
  it.each([
    [
      '<h2>Title</h2><p>One <b>bold</b> and <i>slanted</i>.</p>',
      '## Title\n\nOne **bold** and _slanted_.',
    ],
    ['<p>a</p>\n<p>b</p>', 'a\n\nb'],
    ['<div>one</div><div>two</div>', 'one\n\ntwo'],
    ['line<br>next', 'line\nnext'],
    ['<a href="https://x.org/a b">here</a>', '[here](https://x.org/a%20b)'],
    ['<a href="javascript:alert(1)">here</a>', 'here'],
    ['<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>', '- a\n- b\n  - c'],
    ['<ol><li>a</li><li><p>b</p></li></ol>', '1. a\n2. b'],
    [
      '<ul><li><input type="checkbox" checked> done</li><li><input type=checkbox>open</li></ul>',
      '- [x] done\n- [ ] open',
    ],
    ['<blockquote><p>said</p><p>more</p></blockquote>', '> said\n>\n> more'],
    ['<pre><code>a\n  b *c*</code></pre>', '```\na\n  b *c*\n```'],
    ['use <code>a_b</code> now', 'use `a_b` now'],
    [
      '<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td><b>x</b></td></tr></table>',
      '| A | B |\n| --- | --- |\n| 1\\|2 | **x** |',
    ],
    ['<p>2 * 3 and [x] and a_b</p>', '2 \\* 3 and \\[x\\] and a\\_b'],
    ['<p># no heading</p>', '\\# no heading'],
    ['<script>alert(1)</script><style>p{}</style>text', 'text'],
    ['<p>a &amp; b &lt;c&gt;</p>', 'a & b <c>'],
    ['<b style="font-weight:normal"><p>from a document</p></b>', 'from a document'],
    ['<b style="font-weight:normal"><p>one</p><p>two</p></b>', 'one\n\ntwo'],
    ['<a href="https://x.org"><div>A</div><div>B</div></a>', '[A B](https://x.org)'],
    ['<strong>never closed <p>and on', '**never closed**\n\nand on'],
    ['<img src="https://evil.example/x.png" alt="a chart">', 'a chart'],
    ['', ''],
  ])('%s', async (html, markdown) => {
    expect((await read(html)).markdown).toBe(markdown);
  });

  it('tells what plain text would have said as well', async () => {
    expect((await read('<span style="color:red">plain</span>')).rich).toBe(false);
    expect((await read('<p>a <b>b</b></p>')).rich).toBe(true);
  });

  it('pauses in a long text, and takes its length in its stride', async () => {
    const html = '<p>A paragraph with <b>bold</b> words.</p>'.repeat(50_000);
    expect(html.length).toBeGreaterThan(2_000_000);
    let pauses = 0;
    let longest = 0;
    let began = performance.now();
    const { markdown } = await htmlToMarkdown(html, async () => {
      pauses++;
      longest = Math.max(longest, performance.now() - began);
      began = performance.now();
    });
    expect(pauses).toBeGreaterThan(20);
    // Some 100 ms on a quiet machine; what counts is that it is not one piece of seconds.
    expect(longest).toBeLessThan(2_000);
    expect(markdown.split('\n\n')).toHaveLength(50_000);
  });
});
