/**
 * For Vite: `--mode de` builds the app in German. Beside each module of words, `words.ts`, its
 * translation is `words.de.ts`, which is loaded in its place; a module without one stays English.
 * @param {string} language a language tag
 * @returns {import('vite').Plugin}
 */
import { existsSync, readFileSync } from 'node:fs';
import { WORDS } from './pseudo.mjs';

export const inLanguage = (language) => ({
  name: 'language',
  enforce: 'pre',
  load(id) {
    const translation = WORDS.test(id) ? id.replace(/\.ts$/, `.${language}.ts`) : '';
    if (!existsSync(translation)) return undefined;
    this.addWatchFile(translation);
    return readFileSync(translation, 'utf8');
  },
  transformIndexHtml: (html) => html.replace('<html lang="en">', `<html lang="${language}">`),
});
