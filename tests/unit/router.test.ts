import { describe, expect, it } from 'vitest';
import { noteHref, parseRoute } from '../../src/ui/core/router.ts';
import { segments } from '../../src/ui/search/marked.tsx';

describe('parseRoute', () => {
  it('knows every page', () => {
    for (const page of ['notes', 'import', 'map', 'health', 'settings', 'deleted']) {
      expect(parseRoute(`#/${page}`)).toEqual({ page });
    }
  });

  it('reads back what noteHref writes, whatever the id', () => {
    for (const id of ['a', 'a/b', '%', '?at=1-2', 'é 😀', '#']) {
      const route = parseRoute(noteHref(id, { at: { start: 3, end: 9 } }));
      expect(route).toEqual({ page: 'note', id, at: [3, 9], fresh: false });
      expect(parseRoute(noteHref(id, { fresh: true }))).toMatchObject({ id, fresh: true });
      for (const to of ['A#B c', '^id', '&read=?#']) {
        expect(parseRoute(noteHref(id, { to }))).toMatchObject({ id, to });
        expect(parseRoute(noteHref(id, { to, read: true }))).toMatchObject({ to, read: true });
      }
    }
  });

  it('falls back to Notes, and never throws', () => {
    const hostile = [
      '',
      '#',
      '#/',
      '#/nope',
      '#/note',
      '#/note/',
      '#/note/%E0%A4%A',
      '#/note/a/b',
      '#/note/../../x',
      `#/note/${'x'.repeat(1_000)}`,
      '#/%%%',
      '#javascript:alert(1)',
      '#/notes/extra',
      '#/__proto__',
    ];
    for (const hash of hostile) expect(parseRoute(hash), hash).toEqual({ page: 'notes' });
  });

  it('ignores a range that is none', () => {
    for (const at of ['', '9-1', '-1-2', '1', '1-', '1.5-2', '1e3-2e3', '9999999999-99999999999']) {
      expect(parseRoute(`#/note/a?at=${at}`), at).toMatchObject({ id: 'a', at: null });
    }
  });
});

describe('segments', () => {
  it('cuts at the marks and loses nothing', () => {
    expect(segments('a bc d', [[2, 4]])).toEqual([
      { text: 'a ', marked: false },
      { text: 'bc', marked: true },
      { text: ' d', marked: false },
    ]);
  });

  it('leaves out marks that do not fit', () => {
    const marks: [number, number][] = [
      [0, 2],
      [1, 3],
      [3, 3],
      [3, 99],
    ];
    const parts = segments('abcd', marks);
    expect(parts.map(({ text }) => text).join('')).toBe('abcd');
    expect(parts.filter(({ marked }) => marked)).toEqual([{ text: 'ab', marked: true }]);
  });
});
