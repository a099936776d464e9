import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../src/markdown/front-matter.ts';
import { isTooDeep, parseYaml } from '../../src/markdown/parse-yaml.ts';

describe('YAML that goes too deep', () => {
  it.each([
    `a: ${'['.repeat(10_000)}`,
    `a: ${'[&a '.repeat(10_000)}`,
    `a: ${'{b: '.repeat(9_000)}`,
    `${'- '.repeat(10_000)}x`,
    `a:\n  ${'? '.repeat(500)}x`,
  ])('is not given to the parser', (source) => {
    expect(isTooDeep(source)).toBe(true);
    expect(parseYaml(source)).toBeNull();
    const fields = readFrontMatter(`---\ntitle: Kept\n${source.slice(0, 60_000)}\n---\n`);
    expect(fields.oddLines?.length).toBeGreaterThan(0);
  });

  it.each([
    'a: [[1], {b: [2]}]',
    '- - - x',
    `a: ${'[1], '.repeat(3)}`,
    `list: [${'[x], '.repeat(500)}]`,
  ])('is none of %j', (source) => {
    expect(isTooDeep(source)).toBe(false);
    expect(parseYaml(source)).not.toBeNull();
  });
});
