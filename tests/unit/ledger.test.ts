import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/ui/engine/ledger.ts';

describe('Ledger', () => {
  it('refuses the 257th distinct note and takes it once a credit is back', () => {
    const ledger = new Ledger(256);
    for (let i = 0; i < 256; i++) expect(ledger.admit(`n${i}`, false).result).toBe('queued');
    expect(ledger.admit('late', false)).toEqual({ result: 'full', send: false });
    ledger.release('n0', 'taken');
    expect(ledger.admit('late', false)).toEqual({ result: 'queued', send: true });
    expect(ledger.inUse).toBe(256);
  });

  it('merges 9,999 of 10,000 saves of one note, with two messages under way', () => {
    const ledger = new Ledger(256);
    const results = Array.from({ length: 10_000 }, () => ledger.admit('a', false));
    expect(results.filter(({ result }) => result === 'queued')).toHaveLength(1);
    expect(results.filter(({ result }) => result === 'merged')).toHaveLength(9_999);
    expect(results.filter(({ send }) => send)).toHaveLength(2);
    expect(ledger.inUse).toBe(2);
  });

  it('sends a note again when it was saved while its touch was under way', () => {
    const ledger = new Ledger(256);
    ledger.admit('a', false);
    ledger.admit('a', false);
    ledger.admit('a', true);
    expect(ledger.release('a', 'merged')).toEqual({ resend: true, urgent: true });
    expect(ledger.release('a', 'merged').resend).toBe(false);
    expect(ledger.release('a', 'taken').resend).toBe(false);
    expect(ledger.inUse).toBe(0);
  });

  it('queues, never merges, once the note was taken into its batch', () => {
    const ledger = new Ledger(256);
    ledger.admit('a', false);
    ledger.release('a', 'taken');
    expect(ledger.admit('a', false).result).toBe('queued');
  });

  it('tells its credits at every change, and that all are back', () => {
    const told: number[] = [];
    const ledger = new Ledger(2, (inUse) => told.push(inUse));
    ledger.admit('a', false);
    ledger.admit('a', false);
    ledger.admit('late', false);
    ledger.admit('a', false);
    expect(told).toEqual([1, 2]);
    expect(ledger.release('a', 'merged').resend).toBe(true);
    ledger.release('a', 'taken');
    expect(told.at(-1)).toBe(1);
    ledger.clear();
    expect(told.at(-1)).toBe(0);
  });

  it('never holds more than its capacity, every credit comes back, no save is forgotten', () => {
    const step = fc.record({ note: fc.integer({ min: 0, max: 12 }), release: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const ledger = new Ledger(8);
        /** Under way, oldest first. */
        const sent: string[] = [];
        /** Notes that were saved since they were last sent. */
        const unsent = new Set<string>();
        const send = (note: string): void => {
          sent.push(note);
          unsent.delete(note);
        };
        const release = (): void => {
          const back = sent.shift()!;
          if (ledger.release(back, 'taken').resend) send(back);
        };
        for (const { note, release: back } of steps) {
          if (back && sent.length > 0) {
            release();
          } else {
            const id = `n${note}`;
            const underWay = sent.includes(id);
            const free = sent.length < 8;
            const verdict = ledger.admit(id, false);
            expect(verdict.result).toBe(underWay ? 'merged' : free ? 'queued' : 'full');
            if (verdict.result !== 'full') unsent.add(id);
            if (verdict.send) send(id);
          }
          expect(ledger.inUse).toBe(sent.length);
          expect(ledger.inUse).toBeLessThanOrEqual(8);
        }
        while (sent.length > 0) release();
        expect(ledger.inUse).toBe(0);
        expect([...unsent]).toEqual([]);
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });
});
