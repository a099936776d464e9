import { Parser } from 'htmlparser2';

/** HTML parsed at a time before `pause` is awaited, UTF-16 units. */
const UNITS_AT_ONCE = 64 * 1024;

export interface ReadHtml {
  markdown: string;
  /** Whether there was anything that plain text does not say: a heading, a list, a link. */
  rich: boolean;
}

/** Elements whose content is nobody's text. */
const SILENT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math']);
const BLOCKS = new Set(
  'p div section article header footer main aside nav figure figcaption address dl dt dd form fieldset details summary'.split(
    ' ',
  ),
);
const SIGNS: Readonly<Record<string, string>> = {
  strong: '**',
  b: '**',
  em: '_',
  i: '_',
  del: '~~',
  s: '~~',
  strike: '~~',
  code: '`',
};

/** What is being written: a cell of a table and a link's text are gathered apart. */
interface Frame {
  kind: 'root' | 'link' | 'cell' | 'sign';
  text: string;
  href?: string;
  sign?: string;
}

interface List {
  ordered: boolean;
  next: number;
  /** How far its items' text stands from the left. */
  indent: number;
}

/**
 * Rich text as Markdown, without a document: nothing of the HTML is ever run, loaded or shown.
 * @param pause awaited every 64 KB, so that a long one does not hold up the page
 */
export async function htmlToMarkdown(html: string, pause: () => Promise<void>): Promise<ReadHtml> {
  const writer = new Writer();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      ontext: (text) => writer.text(text),
      onclosetag: (name) => writer.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let at = 0; at < html.length; at += UNITS_AT_ONCE) {
    parser.write(html.slice(at, at + UNITS_AT_ONCE));
    if (at + UNITS_AT_ONCE < html.length) await pause();
  }
  parser.end();
  return writer.result();
}

class Writer {
  #done: string[] = [];
  #frames: Frame[] = [{ kind: 'root', text: '' }];
  #lists: List[] = [];
  #quotes = 0;
  #silent = 0;
  #pre = 0;
  #rich = false;
  #rows: string[][] | null = null;
  /** What the next line begins with, once: an item's sign. */
  #lead = '';

  get #top(): Frame {
    return this.#frames.at(-1)!;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (SILENT.has(name)) {
      this.#silent++;
      return;
    }
    if (this.#silent > 0) return;
    const heading = /^h([1-6])$/.exec(name);
    const sign = SIGNS[name];
    if (heading) {
      this.#endBlock();
      this.#lead += `${'#'.repeat(Number(heading[1]))} `;
      this.#rich = true;
    } else if (name === 'br') {
      if (this.#pre > 0 || this.#top.kind === 'root') this.#top.text += '\n';
      else this.text(' ');
    } else if (name === 'hr') {
      this.#endBlock();
      this.#emit('---');
    } else if (name === 'pre') {
      this.#endBlock();
      this.#pre++;
      this.#rich = true;
    } else if (name === 'blockquote') {
      this.#endBlock();
      this.#quotes++;
      this.#rich = true;
    } else if (name === 'ul' || name === 'ol') {
      this.#endBlock();
      const indent = (this.#lists.at(-1)?.indent ?? 0) + (name === 'ul' ? 2 : 3);
      this.#lists.push({ ordered: name === 'ol', next: 1, indent });
      this.#rich = true;
    } else if (name === 'li') {
      this.#endBlock();
      const list = this.#lists.at(-1);
      this.#lead = list?.ordered ? `${list.next++}. ` : '- ';
    } else if (name === 'input' && attributes.type === 'checkbox') {
      if (this.#lead === '- ') this.#lead = 'checked' in attributes ? '- [x] ' : '- [ ] ';
    } else if (name === 'table') {
      this.#endBlock();
      if (!this.#rows) this.#rows = [];
    } else if (name === 'tr' && this.#rows) {
      this.#rows.push([]);
    } else if ((name === 'td' || name === 'th') && this.#rows) {
      this.#frames.push({ kind: 'cell', text: '' });
    } else if (name === 'a' && attributes.href) {
      this.#frames.push({ kind: 'link', text: '', href: attributes.href });
    } else if (name === 'img') {
      const alt = (attributes.alt ?? '').replace(/[[\]\n]/g, ' ').trim();
      // Where it would be fetched from is another machine: its words are all that is kept.
      if (alt) this.text(alt);
    } else if (sign && !(this.#pre > 0) && !plain(attributes.style, sign)) {
      this.#frames.push({ kind: 'sign', text: '', sign });
    } else if (sign) {
      // Bold that its own style takes back, as some programs wrap all that they copy.
      this.#frames.push({ kind: 'sign', text: '', sign: '' });
    } else if (BLOCKS.has(name)) {
      this.#endBlock();
    }
  }

  text(raw: string): void {
    if (this.#silent > 0) return;
    if (this.#pre > 0) {
      this.#top.text += raw;
      return;
    }
    const text = raw.replace(/[ \t\r\n\f]+/g, ' ');
    const top = this.#top;
    if (text === ' ' && (top.text === '' || /\s$/.test(top.text))) {
      // Between two blocks, or after another space.
      if (top.kind === 'root' || top.text !== '') return;
    }
    const escaped = this.#inCode() ? text : literally(text);
    top.text += /\s$/.test(top.text) ? escaped.replace(/^ /, '') : escaped;
  }

  close(name: string): void {
    if (SILENT.has(name)) {
      this.#silent = Math.max(0, this.#silent - 1);
      return;
    }
    if (this.#silent > 0) return;
    if (name === 'pre') {
      const code = this.#top.text.replace(/^\n|\n$/g, '');
      this.#top.text = '';
      this.#pre = Math.max(0, this.#pre - 1);
      const fence = code.includes('```') ? '~~~~' : '```';
      if (code) this.#emit(`${fence}\n${code}\n${fence}`);
    } else if (name === 'blockquote') {
      this.#endBlock();
      this.#quotes = Math.max(0, this.#quotes - 1);
    } else if (name === 'ul' || name === 'ol') {
      this.#endBlock();
      this.#lists.pop();
      this.#lead = '';
    } else if ((name === 'td' || name === 'th') && this.#rows) {
      this.#closeTo('cell');
      const frame = this.#top.kind === 'cell' ? this.#frames.pop() : undefined;
      if (frame) this.#rows.at(-1)?.push(frame.text.trim().replace(/\|/g, '\\|'));
    } else if (name === 'table' && this.#rows) {
      this.#table(this.#rows);
      this.#rows = null;
    } else if (name === 'a') {
      this.#pop('link');
    } else if (SIGNS[name]) {
      this.#pop('sign');
    } else if (/^h[1-6]$|^li$/.test(name) || BLOCKS.has(name)) {
      this.#endBlock();
      if (name === 'li') this.#lead = '';
    }
  }

  result(): ReadHtml {
    this.#endBlock();
    const markdown = this.#done
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    return { markdown, rich: this.#rich };
  }

  #inCode(): boolean {
    return this.#frames.some(({ sign }) => sign === '`');
  }

  #pop(kind: Frame['kind']): void {
    if (this.#top.kind === kind) this.#finish(this.#frames.pop()!);
  }
  /** Ends what was left open inside. */
  #closeTo(kind: Frame['kind']): void {
    while (this.#top.kind !== kind && this.#top.kind !== 'root') this.#finish(this.#frames.pop()!);
  }

  #finish({ kind, text, href = '', sign = '' }: Frame): void {
    const inner = text.trim();
    const [before, after] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
    let written = inner;
    if (inner && kind === 'link' && /^(?:https?:|mailto:)/i.test(href)) {
      this.#rich = true;
      written = `[${inner}](${href.replace(/[\s()<>]/g, encodeURIComponent)})`;
    } else if (inner && kind === 'sign' && sign && !inner.includes('\n')) {
      this.#rich = true;
      written = `${sign}${inner}${sign}`;
    }
    this.#top.text += inner ? `${before}${written}${after}` : before || after;
  }

  #endBlock(): void {
    if (this.#frames.some(({ kind }) => kind === 'cell' || kind === 'link')) {
      // In a cell there are no lines, and a link's text goes on.
      if (!/\s$/.test(this.#top.text)) this.#top.text += ' ';
      return;
    }
    this.#closeTo('root');
    const text = this.#top.text
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim();
    this.#top.text = '';
    if (text) this.#emit(text);
  }

  #emit(text: string): void {
    const quote = '> '.repeat(this.#quotes);
    const list = this.#lists.at(-1);
    const width = list ? list.indent : 0;
    const first =
      list && this.#lead ? ' '.repeat(width - (list.ordered ? 3 : 2)) : ' '.repeat(width);
    const lines = text
      .split('\n')
      .map((line, i) =>
        `${quote}${i === 0 ? first + this.#lead : ' '.repeat(width)}${line}`.trimEnd(),
      );
    const item = list !== undefined && this.#lead !== '';
    this.#lead = '';
    if (!(item && this.#lastWasItem)) {
      this.#done.push('> '.repeat(Math.min(this.#quotes, this.#lastQuotes)).trimEnd());
    }
    this.#done.push(...lines);
    this.#lastWasItem = item;
    this.#lastQuotes = this.#quotes;
  }
  #lastWasItem = false;
  #lastQuotes = 0;

  #table(rows: string[][]): void {
    const full = rows.filter((row) => row.length > 0);
    const width = Math.max(0, ...full.map((row) => row.length));
    if (width === 0) return;
    if (width === 1) {
      // Layout, no table.
      for (const [cell] of full) if (cell) this.#emit(cell);
      return;
    }
    this.#rich = true;
    const line = (cells: string[]): string =>
      `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`;
    const [head, ...rest] = full;
    this.#emit([line(head!), line(Array(width).fill('---')), ...rest.map(line)].join('\n'));
  }
}

const plain = (style: string | undefined, sign: string): boolean =>
  sign === '**' && /font-weight:\s*(?:normal|[1-4]00)/i.test(style ?? '');

/** Signs that would mean something else in Markdown. */
const literally = (text: string): string =>
  text.replace(/([\\`*_[\]])/g, '\\$1').replace(/^(\s*)([#>+-]|\d+[.)])(?=\s)/, '$1\\$2');
