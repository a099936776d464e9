/** The grammar against the 652 examples of CommonMark 0.31.2, beside markdown-it's own preset. */
import { createRequire } from 'node:module';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { parseTree } from '../../../src/markdown/grammar.ts';
import { toHtml } from './html.ts';

interface Example {
  markdown: string;
  html: string;
  section: string;
  number: number;
}
const { tests } = createRequire(import.meta.url)('commonmark-spec') as {
  tests: Example[];
};

it('gives what CommonMark gives', () => {
  const markdownIt = new MarkdownIt('commonmark');
  const failed: string[] = [];
  let theirs = 0;
  for (const { markdown, html, section, number } of tests) {
    const text = markdown.replaceAll('→', '\t');
    const wanted = html.replaceAll('→', '\t');
    if (markdownIt.render(text) === wanted) theirs++;
    const ours = toHtml(text, parseTree(text, { commonMark: true }));
    if (ours !== wanted) {
      failed.push(
        `${number} (${section}): ${JSON.stringify(text)}\n  ${JSON.stringify(ours)}\n  ${JSON.stringify(wanted)}`,
      );
    }
  }
  console.log(`of ${tests.length}: ours ${tests.length - failed.length}, markdown-it ${theirs}`);
  expect(failed).toEqual([]);
});
