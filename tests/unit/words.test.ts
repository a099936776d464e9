/** What a word is: the same for notes, queries and marks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksIn } from '../../src/words/marks.ts';
import {
  contentWords,
  fold,
  termsOf,
  tokenizeToTerms,
  twinsOf,
  wordsOf,
} from '../../src/words/terms.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';

const inOrder = (text: string): string[] => Array.from(wordsOf(text), ({ word }) => word);
const beside = (text: string): string[] =>
  Array.from(termsOf(text)).flatMap((one) => (one.beside ? [one.word] : []));

describe('fold', () => {
  it.each([
    ['Café', 'cafe'],
    ['ﬁne', 'fine'],
    ['Ｆｕｌｌ', 'full'],
    ['Straße', 'strasse'],
    ['Þórður', 'thordur'],
    ['ıİI', 'iii'],
    ['Łódź', 'lodz'],
    ['soft\u00ADhy\u200Bphen', 'softhyphen'],
    ['كـــتاب', 'كتاب'],
    ['أإآٱ', 'اااا'],
    ['فارسی', 'فارسي'],
    ['مصطفى', 'مصطفي'],
    ['کتاب', 'كتاب'],
    ['مدرسة', 'مدرسه'],
    ['٢٠٢٤', '2024'],
    ['۱۴۰۳', '1403'],
    ['२०२४', '2024'],
    ['ёлка', 'ёлка'],
    ['йод', 'йод'],
    ['за́мок', 'замок'],
    ['カタカナ', 'かたかな'],
    ['ｶﾅ', 'かな'],
    ['ΣΟΦΟΣ', 'σοφοσ'],
    ['σοφός', 'σοφοσ'],
    ['neighbour’s', 'neighbour'],
    ['Hawaiʼian', 'hawaiian'],
  ])('%s is %s', (word, folded) => {
    expect(fold(word)).toBe(folded);
  });
});

describe('words in order, and what stands beside them', () => {
  it.each<[text: string, words: string[], beside: string[]]>([
    ['foo_bar', ['foo', 'bar'], ['foobar']],
    ['ERR_CONN_RESET', ['err', 'conn', 'reset'], ['errconnreset']],
    ['e-mail', ['e', 'mail'], ['email']],
    ['well\u2011being', ['well', 'being'], ['wellbeing']],
    ['XMLHttpRequest', ['xmlhttprequest'], ['xml', 'http', 'request']],
    ['getUserName', ['getusername'], ['get', 'user', 'name']],
    ['iPhone', ['iphone'], ['phone']],
    ['Node.js', ['node', 'js'], ['nodejs']],
    ['v1.2.3', ['v1', '2', '3'], ['1.2.3', '1.2', '2.3']],
    ['14.2', ['14', '2'], ['14.2']],
    ['1,299.50', ['1', '299', '50'], ['1299.50']],
    ['one,two', ['one', 'two'], []],
    ['2024-03-05', ['2024', '03', '05'], ['20240305']],
    ['202401021015', ['202401021015'], ['20240102', '2024']],
    ['3-4', ['3', '4'], []],
    ['978-3-16-148410-0', ['978', '3', '16', '148410', '0'], ['9783161484100']],
    ['C++, C# and C', ['c', 'c', 'and', 'c'], ['c++', 'c#']],
    ['a .NET app', ['a', 'net', 'app'], ['.net']],
    ['the end.Next', ['the', 'end', 'next'], ['endnext']],
    ['see #42', ['see', '42'], ['#42']],
    ['by @ana', ['by', 'ana'], ['@ana']],
    ['l’été', ['l', 'ete'], ['lete']],
    ['dell’acqua', ['dell', 'acqua'], ['dellacqua']],
    ['O’Brien', ['o', 'brien'], ['obrien']],
    ["don't", ['dont'], []],
    ["we'll", ['well'], []],
    ['neighbours’ dog’s', ['neighbours', 'dog'], []],
    ['+49 30 1234567', ['49', '30', '1234567'], ['49301234567', '301234567']],
    ['(030) 765-4321', ['030', '765', '4321'], ['7654321', '307654321']],
    ['التفاح', ['التفاح'], ['تفاح']],
    ['ёж', ['ёж'], ['еж']],
    ['کتاب‌های', ['كتاب', 'هاي'], ['كتابهاي']],
    ['tea 🍵 time', ['tea', '🍵', 'time'], []],
    ['👋🏽', ['👋🏽'], ['👋']],
    ['👩🏽‍💻', ['👩🏽‍💻'], ['👩‍💻', '👩', '💻']],
    ['🇨🇭', ['🇨🇭'], []],
    ['❤️', ['❤'], []],
  ])('%s', (text, words, others) => {
    expect(inOrder(text)).toEqual(words);
    expect(beside(text)).toEqual(others);
  });

  it('a path is no word', () => {
    expect(beside('a.b.c.d.e.f.g.h')).toEqual([]);
  });

  it('stand within the text, and say where', () => {
    const char = fc.oneof(
      fc.constantFrom(..."aAbZ09.-_'’+#@ ,/é漢カ가ñ🍵ёال"),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(char, { maxLength: 40 }), (chars) => {
        const text = chars.join('');
        let last = 0;
        for (const { start, end, term, word, beside: other } of termsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(term.length * word.length).toBeGreaterThan(0);
          if (other) continue;
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
      { seed: 11, numRuns: 2_000 },
    );
  });

  it('are the same whether a text has only ASCII or not', () => {
    const char = fc.constantFrom(..."aAbZ09.-_'+#@ ,/");
    fc.assert(
      fc.property(fc.array(char, { maxLength: 30 }), (chars) => {
        const text = chars.join('');
        expect([...termsOf(`${text} é`)].slice(0, -1)).toEqual(
          [...termsOf(`${text} e`)].slice(0, -1),
        );
      }),
      { seed: 12, numRuns: 2_000 },
    );
  });

  it('takes a time that grows with the text', () => {
    for (const bit of ['a.', "a'", 'aB', '0 ', '(0', '+1-', '1,', '1,000', '.a', '@', '👩‍', 'é-']) {
      const times = [20_000, 80_000].map((length) => {
        const text = bit.repeat(length / bit.length);
        const began = performance.now();
        for (const _ of termsOf(text));
        return performance.now() - began;
      });
      expect(times[1]!, bit).toBeLessThan(Math.max(400, 16 * times[0]!));
    }
  });
});

/** Notes by their names, best first, that have words of a query. */
function found(notes: Record<string, string>, query: string, typing = false): string[] {
  const index = new KeywordIndex();
  for (const [id, text] of Object.entries(notes)) index.set({ id, title: '', text });
  const match = index.match(query, typing);
  const scored = Object.keys(notes).map(
    (id) => [id, match.scoresBySlot[index.slotOf(id)!]!] as const,
  );
  return scored
    .filter(([, score]) => score > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([id]) => id);
}

describe('a word is found whole and in its parts, the whole first', () => {
  it.each<[query: string, notes: Record<string, string>, order: string[]]>([
    ['foo_bar', { whole: 'a foo_bar', parts: 'the foo and a bar' }, ['whole', 'parts']],
    ['bar', { whole: 'a foo_bar' }, ['whole']],
    ['foobar', { whole: 'a foo_bar' }, ['whole']],
    ['CONN_RESET', { crash: 'ERR_CONN_RESET again', other: 'of nothing' }, ['crash']],
    ['email', { post: 'write an e-mail', none: 'a mail' }, ['post']],
    ['e-mail', { post: 'write an email', mail: 'the mail came' }, ['post', 'mail']],
    ['wellbeing', { hyphen: 'of well-being' }, ['hyphen']],
    ['get account', { camel: 'getAccountBalance()', none: 'of rice' }, ['camel']],
    ['accountbalance', { camel: 'getAccountBalance()', none: 'of rice' }, ['camel']],
    ['HttpRequest', { xml: 'an XMLHttpRequest', none: 'of rice' }, ['xml']],
    ['v1.2.3', { b: 'v1.3.2 is out', a: 'v1.2.3 is out', c: 'v1.2.4 is out' }, ['a', 'c', 'b']],
    ['14.2', { b: 'v1.3.2', a: '14.2.1.0', c: 'page 14, line 2' }, ['a', 'c', 'b']],
    ['1299.50', { bill: 'over 1,299.50 euros' }, ['bill']],
    ['2024-01-02', { id: 'made 202401021015 here', none: 'of rice' }, ['id']],
    ['C++', { c: 'in C and C', plus: 'in C++ it is' }, ['plus', 'c']],
    ['C#', { c: 'in C and C', sharp: 'in C# it is' }, ['sharp', 'c']],
    ['.NET', { net: 'the net of a boat', dot: 'the .NET runtime' }, ['dot', 'net']],
    ['nodejs', { node: 'moved to Node.js' }, ['node']],
    ['#42', { number: '42 pears', ticket: 'ticket #42' }, ['ticket', 'number']],
    ['été', { fr: 'pendant l’été' }, ['fr']],
    ['l’ete', { fr: "l'été", other: 'l’hiver' }, ['fr', 'other']],
    ['acqua', { it: 'bevo l’acqua e dell’acqua' }, ['it']],
    ['Brien', { irish: 'Mr O’Brien' }, ['irish']],
    ['OBrien', { irish: 'Mr O’Brien' }, ['irish']],
    ['0301234567', { phone: 'call +49 30 1234567', other: 'call 112' }, ['phone']],
    ['+49301234567', { phone: 'call +49 30 1234567' }, ['phone']],
    ['0307654321', { phone: 'call (030) 765-4321' }, ['phone']],
    ['تفاح', { apple: 'أكل التفاح' }, ['apple']],
    ['التفاح', { apple: 'أكل تفاح' }, ['apple']],
    ['елка', { yo: 'наша ёлка' }, ['yo']],
    ['ёлка', { ye: 'наша елка', yo: 'наша ёлка' }, ['yo', 'ye']],
    ['👋', { wave: 'hello 👋🏽' }, ['wave']],
    ['compostheap', { heap: 'a compost heap', none: 'of rice' }, ['heap']],
    ['ompost', { heap: 'a compost heap' }, ['heap']],
    ['zylophone', { x: 'a xylophone' }, ['x']],
    ['ocmpost', { heap: 'a compost heap' }, ['heap']],
    ['app*', { apples: 'of apples', none: 'of pears' }, ['apples']],
    ['猫', { cat: '黒猫が好き' }, ['cat']],
    ['ネコ', { cat: 'ねこが好き' }, ['cat']],
  ])('%s', (query, notes, order) => {
    expect(found(notes, query)).toEqual(order);
  });

  it('finds a Korean word whose last syllable is half typed', () => {
    const notes = { kr: '학점인정 제도', none: '쌀' };
    for (const typed of ['ㅎ', '하', '학ㅈ', '학저', '학점이']) {
      expect(found(notes, typed, true), typed).toEqual(['kr']);
    }
  });

  it('takes a whole for what its parts are: all of the query is there', () => {
    const index = new KeywordIndex();
    index.set({ id: 'a', title: '', text: 'an email' });
    const match = index.match('e-mail', false);
    expect(match.coverageAt(index.slotOf('a')!)).toBe(1);
  });
});

it('a beginning is asked for behind a word, not by what makes it bold', () => {
  expect(contentWords('app*').map(({ isPrefix }) => isPrefix)).toEqual([true]);
  expect(contentWords('**bold** move').map(({ isPrefix }) => isPrefix)).toEqual([false, false]);
});

it('a title is not that of a word without its signs', () => {
  const index = new KeywordIndex();
  index.set({ id: 'net', title: 'Net', text: '' });
  index.set({ id: 'c', title: 'C', text: '' });
  index.set({ id: 'plus', title: 'C++', text: '' });
  expect([...index.titled('.NET')]).toEqual([]);
  expect([...index.titled('c++')]).toEqual(['plus']);
  expect([...index.titled('c')]).toEqual(['c']);
});

describe('marks', () => {
  it.each<[query: string, text: string, marked: string[]]>([
    ['email', 'write an e-mail now', ['e-mail']],
    ['c++', 'in C++, not C', ['C++', 'C']],
    ['été', 'pendant l’été', ['été']],
    ['conn reset', 'ERR_CONN_RESET', ['CONN', 'RESET']],
    ['request', 'an XMLHttpRequest', ['Request']],
    ['2024', 'سنة ٢٠٢٤', ['٢٠٢٤']],
    ['كتاب', 'كـــتاب قديم', ['كـــتاب']],
  ])('of %s in “%s”', (query, text, marked) => {
    const wanted = new Set(
      contentWords(query).flatMap(({ term, wholes }) => [...twinsOf(term), ...wholes]),
    );
    expect(marksIn(text, wanted).map(([from, to]) => text.slice(from, to))).toEqual(marked);
  });
});

it('stems what is in order, for phrases and feedback', () => {
  expect(tokenizeToTerms('Baking the foo_bars')).toEqual(['bake', 'the', 'foo', 'bar']);
});
