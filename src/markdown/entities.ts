import { decodeHTMLStrict } from 'entities';

/** What an entity stands for: `&amp;`, `&#39;`; itself if there is no such one. */
export const decodeEntity = (source: string): string =>
  decodeHTMLStrict(source).replaceAll('\0', '\ufffd');

/** A destination or a title as it is meant: backslashes and entities resolved. */
export const unescaped = (source: string): string =>
  /[\\&]/.test(source)
    ? source.replace(
        /\\([!-/:-@[-`{-~])|&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][\da-z]{0,40});/gi,
        (all, sign?: string) => sign ?? decodeEntity(all),
      )
    : source;
