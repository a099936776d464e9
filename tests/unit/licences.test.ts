import { describe, expect, it } from 'vitest';
import { licences, licencesFile } from '../../scripts/licences.mjs';

describe('licences', () => {
  const all = licences();
  const names = all.map(({ name }) => name);

  it('are those of what is shipped: dependencies of any depth, the runtime and the model', () => {
    expect(names).toEqual(
      expect.arrayContaining(['preact', '@lezer/common', 'onnxruntime-web', 'uplot']),
    );
    expect(names).toContain('Universal Sentence Encoder Lite');
    for (const built of ['vite', 'typescript', 'sharp', 'onnxruntime-node', '@types/node']) {
      expect(names).not.toContain(built);
    }
  });

  it('have a name and a text each, and each text lies in the file once', () => {
    for (const { name, licence, text } of all) {
      expect(licence, name).toMatch(/^[A-Z]/);
      expect(text.length, name).toBeGreaterThan(300);
    }
    const { packages, texts } = JSON.parse(licencesFile());
    expect(new Set(texts).size).toBe(texts.length);
    expect(packages.map(({ text }: { text: number }) => texts[text])).toEqual(
      all.map(({ text }) => text),
    );
  });
});
