/** What would stand in the page, as HTML: for reading it in a test. */
import type { ComponentChildren, VNode } from 'preact';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

/** @param hidden attributes that are left out */
export function vnodeHtml(node: ComponentChildren, hidden: readonly string[] = []): string {
  if (Array.isArray(node)) return node.map((one) => vnodeHtml(one, hidden)).join('');
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node !== 'object') return escaped(String(node));
  const { type, props } = node as VNode<Record<string, unknown>>;
  if (typeof type !== 'string') return vnodeHtml(props.children as ComponentChildren, hidden);
  const attributes = Object.entries(props)
    .filter(([, value]) => value !== undefined && value !== false && typeof value !== 'function')
    .filter(([name]) => name !== 'children' && !hidden.includes(name))
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`));
  const inside = vnodeHtml(props.children as ComponentChildren, hidden);
  return `<${type}${attributes.join('')}>${/^(?:br|hr|img|input)$/.test(type) ? '' : `${inside}</${type}>`}`;
}
