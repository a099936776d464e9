import type { NoteDocument } from '../../markdown/document.ts';
import { DROPPED, maskedText } from '../../markdown/masked-text.ts';
import type { Block } from './blocks.ts';

/** mdBook's include lines only name another file. */
const INCLUDE = /\{\{#(?:rustdoc_include|include|playground)\b[^{}\n]{0,1000}\}\}/g;

/**
 * Blanks out a block's markup without moving a character, so that offsets into the result are
 * offsets into the block. What is dropped becomes U+0000 (see `render`).
 *
 * @returns a string of exactly `block.end - block.start` UTF-16 code units
 */
export function mask(doc: NoteDocument, { start, end }: Pick<Block, 'start' | 'end'>): string {
  const masked = maskedText(doc, start, end);
  return masked.includes('{{#') ? masked.replace(INCLUDE, (all) => ' '.repeat(all.length)) : masked;
}

/**
 * Masked text as it is embedded: dropped characters gone, whitespace collapsed, trimmed.
 *
 * @param masked a result of `mask`, or a slice of one
 */
export function render(masked: string): string {
  return masked.replaceAll(DROPPED, '').replace(/\s+/g, ' ').trim();
}
