import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMarkup } from '../../src/ui/search/without-markup.ts';

describe('withoutMarkup', () => {
  it.each([
    ['plain text, 3 > 2 and a_b_c', 'plain text, 3 > 2 and a_b_c'],
    ['a **bold** and an _easy_ *word*, ~~gone~~', 'a bold and an easy word, gone'],
    [
      'see [the page](https://example.org/a "Title") and ![a cat](cat.png)',
      'see the page and a cat',
    ],
    ['[[Note]] and [[folder/Note#Part|this one]]', 'Note and this one'],
    ['## Heading\n> said\n> > again\n- item', 'Heading\nsaid\nagain\n- item'],
    ['<p class="x">Text<br/></p> of a Box<T> & Vec<String>', 'Text of a Box<T> & Vec<String>'],
    ['<img alt="Four tables" src="img/a.svg" class="center" /> below', 'Four tables below'],
    ['<img src="a.svg"> below', ' below'],
    ['before <!-- ignore --> after', 'before  after'],
    ['the `User` and ``a ` b`` stay', 'the User and a ` b stay'],
    ['`*ptr` and `a[b](c)`', '*ptr and a[b](c)'],
    ['```rust\nlet x = *p * 2; // _no_\n```\n_yes_', '\nlet x = *p * 2; // _no_\n\nyes'],
    ['one\ntwo  \nthree\\\nfour\n\nfive', 'one two  \nthree\\\nfour\n\nfive'],
    ['# A\nb\n- c\nd\n1. e\n| f |\n| g |\nh', 'A\nb\n- c d\n1. e\n| f |\n| g |\nh'],
    [
      '- [ ] to do\n  * [x] done\n2. [X] third\nan [ ] alone',
      '- to do\n  * done\n2. third an [ ] alone',
    ],
    ['2 * 3 * 4 and **unfinished', '2 * 3 * 4 and **unfinished'],
    ['cut off <img alt="half of it', 'cut off <img alt="half of it'],
  ])('%j', (text, plain) => {
    expect(withoutMarkup(text).text).toBe(plain);
  });

  it('leaves alone what is nothing but signs', () => {
    expect(withoutMarkup('<br>').text).toBe('<br>');
  });

  it('tells where a match has gone', () => {
    const text = '> In the **[own](x.md) data** of `it`';
    const { text: plain, at } = withoutMarkup(text);
    expect(plain).toBe('In the own data of it');
    for (const word of ['own', 'data', 'it']) {
      const from = text.indexOf(word);
      expect(plain.slice(at(from), at(from + word.length))).toBe(word);
    }
  });

  it('never makes anything up, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...['*', '**', '_', '`', '```', '\n', '[', '](x)', '[[', ']]', '|', '<p>', '<!--', '-->'],
      ...['<img alt="', '">', '> ', '# ', '~~', 'word', ' ', '漢', '🦊'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const { text: plain, at } = withoutMarkup(text);
        let last = 0;
        for (let i = 0; i <= text.length; i++) {
          expect(at(i)).toBeGreaterThanOrEqual(last);
          // What is kept is the very same, in its order.
          if (i > 0 && at(i) > last && text[i - 1] !== '\n') expect(plain[last]).toBe(text[i - 1]);
          last = at(i);
        }
        expect(last).toBe(plain.length);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a long text in its stride', () => {
    for (const piece of ['[', '*', '_a', '<p ', '`', '<!--', '> ', '[[a|']) {
      const began = performance.now();
      withoutMarkup(piece.repeat(2_000));
      expect(performance.now() - began).toBeLessThan(400);
    }
  });
});
