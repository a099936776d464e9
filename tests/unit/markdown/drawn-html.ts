/** What is drawn, as HTML: for reading it in a test. */
import type { Drawn, DrawnElement } from '../../../src/markdown/drawn.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

const OWN = ['name', 'from', 'to', 'children'];

/** Each attribute as it is called in the structure. */
export function drawnHtml(drawn: readonly Drawn[]): string {
  return drawn.map((one) => (typeof one === 'string' ? escapeHtml(one) : tag(one))).join('');
}

function tag(element: DrawnElement): string {
  const attributes = Object.entries(element)
    .filter(([key, value]) => !OWN.includes(key) && value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`))
    .join('');
  return `<${element.name}${attributes}>${drawnHtml(element.children)}</${element.name}>`;
}

/** As CommonMark's examples write it, all on one line. */
export function commonHtml(drawn: readonly Drawn[], isTight = false): string {
  return drawn
    .map((one) => (typeof one === 'string' ? escapeHtml(one) : commonTag(one, isTight)))
    .join('');
}

function commonTag(element: DrawnElement, isTight: boolean): string {
  const { name, children, href, src, alt, title, language, start } = element;
  const inside = commonHtml(children, name === 'li' ? isTight : (element.isTight ?? false));
  const quoted = (key: string, value: string | number | undefined): string =>
    value === undefined ? '' : ` ${key}="${escapeHtml(String(value))}"`;
  switch (name) {
    case 'p':
      return isTight ? inside : `<p>${inside}</p>`;
    case 'a':
      return `<a${quoted('href', href ?? '')}${quoted('title', title)}>${inside}</a>`;
    case 'img':
      return `<img${quoted('src', src ?? '')}${quoted('alt', alt)}${quoted('title', title)} />`;
    case 'br':
      return element.isSoft ? '\n' : '<br />';
    case 'hr':
      return `<${name} />`;
    case 'pre': {
      const kind = language ? ` class="language-${escapeHtml(language)}"` : '';
      return `<pre><code${kind}>${inside}</code></pre>`;
    }
    case 'ol':
      return `<ol${quoted('start', start)}>${inside}</ol>`;
    default:
      return `<${name}>${inside}</${name}>`;
  }
}
