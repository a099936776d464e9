/** What the reading view makes of a note. */
import type { ComponentChildren, VNode } from 'preact';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../fixtures/hostile.ts';
import { drawPage } from './drawn-page.ts';
import { vnodeHtml } from './vnode-html.ts';

const ALL = Number.POSITIVE_INFINITY;
/** Where things stand, and how they are written: tests of their own. */
const QUIET = ['data-at', 'dir', 'tabIndex'];
const html = (text: string): string => vnodeHtml(drawPage(text)(ALL).nodes, QUIET);

describe('draws', () => {
  it.each<[what: string, text: string, expected: string]>([
    [
      'headings below the title',
      '# A *b*\n\n###### c',
      '<h2 data-heading="">A <em>b</em></h2><h6 data-heading="">c</h6>',
    ],
    ['lines as they are broken', 'a\nb  \nc', '<p>a<br>b<br>c</p>'],
    ['tight lists', '- a\n- b', '<ul><li><span>a</span></li><li><span>b</span></li></ul>'],
    ['loose lists', '4. a\n\n5. b', '<ol start="4"><li><p>a</p></li><li><p>b</p></li></ol>'],
    [
      'tasks',
      '- [ ] a *b*\n- [X] c\n- [/] d',
      '<ul><li class="task"><span><input type="checkbox" aria-label="a b">a <em>b</em></span></li><li class="task"><span><input type="checkbox" checked aria-label="c">c</span></li><li class="task"><span><span><input type="checkbox" indeterminate aria-label="d"><span class="state">/</span></span>d</span></li></ul>',
    ],
    [
      'a task without words',
      '- [ ]',
      '<ul><li class="task"><input type="checkbox" aria-label="Task"></li></ul>',
    ],
    [
      'code with its language',
      '```js x\na\n```',
      '<div class="fence"><span class="language">js</span><pre><code data-language="js">a</code></pre></div>',
    ],
    ['code without', '    a <b>', '<pre><code>a &lt;b&gt;</code></pre>'],
    [
      'tables',
      '|a|b|c|\n|:-|:-:|-|\n|d|',
      '<div class="wide" role="group"><table><thead><tr><th class="align-left">a</th><th class="align-center">b</th><th>c</th></tr></thead><tbody><tr><td class="align-left">d</td><td class="align-center"></td><td></td></tr></tbody></table></div>',
    ],
    [
      'callouts',
      '> [!Warning] Hot *tap*\n> a',
      '<div class="callout callout-careful"><div class="callout-title"><span class="kind">Warning</span> Hot <em>tap</em></div><p>a</p></div>',
    ],
    [
      'callouts that are folded',
      '> [!recipe]-\n> a\n\n> [!tip]+ b\n> c',
      '<details class="callout callout-plain"><summary class="callout-title"><span class="kind">Recipe</span></summary><p>a</p></details><details class="callout callout-good" open><summary class="callout-title"><span class="kind">Tip</span> b</summary><p>c</p></details>',
    ],
    [
      'footnotes',
      'a[^x]\n\n[^x]: b',
      '<p>a<sup><place-link footnote="1">1</place-link></sup></p><section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li value="1" data-footnote="1"><p>b</p> <place-link reference="1">↩</place-link></li></ol></section>',
    ],
    [
      'links',
      '[a](https://b.c "d") [e](f%20g.md) [h](#Some%20place) [i](#^j) [k](attachment:l)',
      '<p><a href="https://b.c" title="d" target="_blank" rel="noopener noreferrer">a</a> <note-link target="f%20g.md">e</note-link> <place-link place="Some place">h</place-link> <place-link place="^j">i</place-link> <span>k</span></p>',
    ],
    [
      'links to notes',
      '[[a]] [[b#c|d]] [[e#^f]] [[#g]] [[#^h]] [[C#]]',
      '<p><note-link target="a">a</note-link> <note-link target="b#c">d</note-link> <note-link target="e#^f">e</note-link> <place-link place="g">g</place-link> <place-link place="^h">^h</place-link> <note-link target="C#">C#</note-link></p>',
    ],
    [
      'no link within a link',
      '[a [[b]] c[^1]](d.md)\n\n[^1]: e',
      '<p><note-link target="d.md">a <span>b</span> c<sup>1</sup></note-link></p><section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li value="1" data-footnote="1"><p>e</p> <place-link reference="1">↩</place-link></li></ol></section>',
    ],
    [
      'pictures and what is embedded',
      '![a](attachment:b) ![c](https://d.e) ![[f]] ![[g.png|h]] ![[i.pdf]] k',
      '<p><kept-image address="attachment:b" alt="a"></kept-image> <kept-image address="https://d.e" alt="c"></kept-image> <span class="embed"><note-link target="f">f</note-link></span> <kept-image address="g.png" alt="h"></kept-image> <kept-image address="i.pdf" alt="i.pdf"></kept-image> k</p>',
    ],
    [
      'tags, marks and keys',
      '#a/b ==c== ~~d~~\n\ne:: f',
      '<p><a class="tag" href="#/notes?tag=a/b">#a/b</a> <mark>c</mark> <del>d</del></p><p><span class="key">e</span>: f</p>',
    ],
    [
      'formulas by their source, templates as they are written',
      '$a_1$ <% b %>\n\n$$\nc\nd\n$$',
      '<p><span class="math"><the-formula>a_1</the-formula></span> <code class="template">&lt;% b %&gt;</code></p><div class="math wide"><the-formula apart>c\nd</the-formula></div>',
    ],
    [
      'properties, folded',
      '---\na: "b"\nc: [d, e]\n---\nf',
      '<details class="properties"><summary>Properties</summary><dl><div><dt>a</dt><dd>b</dd></div><div><dt>c</dt><dd>d, e</dd></div></dl></details><p>f</p>',
    ],
    [
      'a formula in two signs by itself, in a line too',
      'a $$b$$',
      '<p>a <span class="math wide"><the-formula apart>b</the-formula></span></p>',
    ],
    [
      'terms and what they mean',
      'a *b*\n: c\n: d ^e',
      '<dl><dt>a <em>b</em></dt><dd>c</dd><dd data-block="e">d</dd></dl>',
    ],
    ['no comments', 'a %%b%% <!-- c -->\n\n%%\nd\n%%', '<p>a</p>'],
    [
      'some HTML',
      '<kbd onclick="x">a</kbd> <u>b</u> <font>c</font>\n\n<details><summary>d</summary>\n\ne\n\n</details>',
      '<p><kbd>a</kbd> <u>b</u> c</p><details><summary>d</summary><p>e</p></details>',
    ],
    ['names of blocks', 'a ^b', '<p data-block="b">a</p>'],
  ])('%s', (_, text, expected) => {
    expect(html(text)).toBe(expected);
  });
});

type Node = VNode<Record<string, unknown>>;

function* elementsOf(node: ComponentChildren): Generator<Node> {
  if (Array.isArray(node)) for (const one of node) yield* elementsOf(one);
  else if (node && typeof node === 'object') {
    yield node as Node;
    yield* elementsOf((node as Node).props.children as ComponentChildren);
  }
}

describe('a box', () => {
  const boxes = (text: string, rest = {}): Node[] =>
    [...elementsOf(drawPage(text, rest)(ALL).nodes)].filter(({ type }) => type === 'input');

  it('tells where its bracket stands, wherever its task does', () => {
    const text =
      '\ufeff---\na: [ ]\n---\n> - [ ] a\n>   1. [x] b\n\n- c\n\n  * [ ] d\n\n    [ ] e\n- [?]\n';
    const ticked: number[] = [];
    for (const { props } of boxes(text, { tick: (at: number) => ticked.push(at) })) {
      (props.onClick as () => void)();
    }
    expect(ticked.map((at) => text.slice(at, at + 5))).toEqual([
      '[ ] a',
      '[x] b',
      '[ ] d',
      '[?]\n',
    ]);
  });

  it('cannot be ticked where nothing may be changed', () => {
    expect(boxes('- [ ] a', { canTick: false })[0]!.props.disabled).toBe(true);
  });
});

it('tells where each block begins', () => {
  const text = '# a\n\nb\n\n- c\n\n> d\n\n```\ne\n```\n\n|f|\n|-|\n|g|\n';
  const places = [...elementsOf(drawPage(text)(ALL).nodes)]
    .map(({ props }) => props['data-at'])
    .filter((at) => at !== undefined);
  const found = places.map((at) => text.slice(at as number).split('\n')[0]);
  expect(found).toEqual(['# a', 'b', '- c', '- c', 'c', '> d', 'd', '```', '|f|', '|g|']);
});

describe('a hostile note', () => {
  /** All that a note may become, and all that may be said of it. */
  const NAMES =
    /^(?:a|blockquote|br|code|dd|del|details|div|dl|dt|em|h[2-6]|hr|input|kbd|kept-image|li|mark|note-link|ol|p|place-link|pre|section|span|strong|sub|summary|sup|table|tbody|td|th|the-formula|thead|tr|u|ul)$/;
  const ATTRIBUTES =
    /^(?:address|alt|apart|aria-label|block|checked|children|class|data-at|data-block|data-footnote|data-heading|data-language|dir|disabled|footnote|heading|href|indeterminate|onClick|open|reference|rel|role|start|tabIndex|target|title|type|value)$/;
  const MORE = [
    '![a](javascript:x) [a](vbscript:x) [a](data:text/html,x) <javascript:x> [a]: javascript:x',
    '> [!"><script>x</script>]- a\n\n```"><script>x\nb\n```\n\n- ["] c ^"onload',
    '---\n"<script>x": <img src=y onerror=z>\n---\n\n[[javascript:x]] ![[https://evil.example/a.png]]',
    '<a href="https://evil.example" style="x"><svg onload=x><kbd style="background:url(//evil.example)">b</kbd></svg></a>',
    '[a](//evil.example) [b](\\\\evil.example) [c](java\tscript:x) [^"><b>]\n\n[^"><b>]: x',
  ];

  it.each([...HOSTILE, ...MORE])('%j draws nothing that runs or loads', (text) => {
    const page = [text, `# ${text}`, `- [ ] ${text}`, `<div>\n${text}\n</div>`, `|${text}|\n|-|`];
    for (const { type, props } of elementsOf(drawPage(page.join('\n\n'))(ALL).nodes)) {
      expect(type).toMatch(NAMES);
      for (const name of Object.keys(props)) {
        expect(name).toMatch(ATTRIBUTES);
        if (name === 'onClick') expect(type).toBe('input');
      }
      if (props.href !== undefined) expect(props.href).toMatch(/^(?:https?:|mailto:)/i);
      if (type === 'a') expect(props.rel).toBe('noopener noreferrer');
    }
  });
});

describe('a long note', () => {
  const text = Array.from({ length: 300 }, (_, i) => `## ${i}\n\n- a\n- *b* c\n`).join('\n');

  it('is drawn in pieces that end as the whole', () => {
    const draw = drawPage(text);
    const whole = vnodeHtml(drawPage(text)(ALL).nodes);
    let shown = '';
    let pieces = 0;
    for (let most = 500; ; most += 500) {
      const { nodes, isWhole } = draw(most);
      const now = vnodeHtml(nodes);
      expect(now.length).toBeGreaterThan(shown.length);
      shown = now;
      pieces++;
      if (isWhole) break;
    }
    expect(pieces).toBe(7);
    expect(shown).toBe(whole);
  });

  it('keeps what it has made', () => {
    const draw = drawPage(`${'- a\n'.repeat(300)}`);
    const items = (most: number): unknown[] => {
      const [list] = draw(most).nodes as Node[];
      return list!.props.children as unknown[];
    };
    const first = items(301);
    const then = items(601);
    expect(first).toHaveLength(1);
    expect(then).toHaveLength(2);
    expect(then[0]).toBe(first[0]);
    // An item that was cut off stays where it stands.
    const types = (nodes: unknown[]): unknown[] =>
      (nodes as Node[]).map(({ type }) => (typeof type === 'function' ? 'made' : type));
    expect(types(items(752))).toEqual(['made', 'made', 'made', 'li']);
    const whole = items(1_000);
    expect(types(whole)).toEqual(['made', 'made', 'made', 'li', 'made']);
    expect(whole.slice(0, 2)).toEqual(then);
  });
});
