import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Download } from '../../src/sw/download.ts';

const bytes = new Uint8Array(100_000).map((_, i) => i * 7);
const expected = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };

/** A response whose body the test feeds by hand. */
function fed(headers: Record<string, string> = {}) {
  let feed!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      feed = controller;
    },
  });
  return { response: new Response(body, { headers }), feed };
}

const keeping = () => {
  const stored: number[] = [];
  return {
    stored,
    store: async (whole: Response) => {
      stored.push((await whole.arrayBuffer()).byteLength);
    },
  };
};

describe('Download', () => {
  it('ends a reader only after the store is done', async () => {
    const { response, feed } = fed();
    let release!: () => void;
    const storing = new Promise<void>((done) => {
      release = done;
    });
    const download = new Download(response, expected, () => storing);
    let read = false;
    const all = download
      .response()
      .arrayBuffer()
      .then((buffer) => {
        read = true;
        return buffer;
      });
    feed.enqueue(bytes.slice());
    feed.close();
    await new Promise((done) => setTimeout(done, 50));
    expect(read).toBe(false);
    release();
    expect(new Uint8Array(await all)).toEqual(bytes);
    expect(await download.finished).toBe(true);
  });

  it('serves those who come late, and is not held up by one who never reads', async () => {
    const { response, feed } = fed({ 'content-encoding': 'gzip', 'content-length': '5' });
    const { stored, store } = keeping();
    const download = new Download(response, expected, store);
    const idle = download.response();
    expect(idle.headers.get('content-length')).toBe(String(bytes.length));
    expect(idle.headers.has('content-encoding')).toBe(false);
    feed.enqueue(bytes.slice(0, 40_000));
    await new Promise((done) => setTimeout(done, 10));
    const late = download.response();
    await download.response().body?.cancel();
    feed.enqueue(bytes.slice(40_000));
    feed.close();
    expect((await late.arrayBuffer()).byteLength).toBe(bytes.length);
    expect((await download.response().arrayBuffer()).byteLength).toBe(bytes.length);
    expect(stored).toEqual([bytes.length]);
  });

  it.each([
    ['cut short', [bytes.slice(0, 500)], {}],
    ['too long', [bytes.slice(), bytes.slice(0, 1)], {}],
    ['of another content', [new Uint8Array(bytes.length)], {}],
    ['announced with another length', [bytes.slice()], { 'content-length': '17' }],
  ])('a file %s is an error and is not stored', async (_, chunks, headers) => {
    const { response, feed } = fed(headers as Record<string, string>);
    const { stored, store } = keeping();
    const download = new Download(response, expected, store);
    const all = download.response().arrayBuffer();
    all.catch(() => {});
    try {
      for (const chunk of chunks) feed.enqueue(chunk);
      feed.close();
    } catch {
      // Given up already by the other side.
    }
    await expect(all).rejects.toThrow();
    expect(await download.finished).toBe(false);
    expect(stored).toEqual([]);
    await expect(download.response().arrayBuffer()).rejects.toThrow();
  });

  it('cut off, goes on from there with another connection, as often as it is given one', async () => {
    const first = fed();
    const second = fed();
    const third = fed();
    const { stored, store } = keeping();
    const asked: number[] = [];
    const download = new Download(first.response, expected, store, async (attempt) => {
      asked.push(attempt);
      return [second, third][attempt]?.response ?? null;
    });
    const all = download.response().arrayBuffer();
    first.feed.enqueue(bytes.slice(0, 30_000));
    await new Promise((done) => setTimeout(done, 10));
    first.feed.error(new Error('line gone'));
    // The second brings less than was there before, and ends too early.
    second.feed.enqueue(bytes.slice(0, 20_000));
    second.feed.close();
    third.feed.enqueue(bytes.slice(0, 50_000));
    third.feed.enqueue(bytes.slice(50_000));
    third.feed.close();
    expect(new Uint8Array(await all)).toEqual(bytes);
    expect([await download.finished, asked, stored]).toEqual([true, [0, 1], [bytes.length]]);
  });

  it('whose second part is of another version ends in an error', async () => {
    const first = fed();
    const second = fed();
    const { stored, store } = keeping();
    const again = async () => second.response;
    const download = new Download(first.response, expected, store, again);
    const all = download.response().arrayBuffer();
    first.feed.enqueue(new Uint8Array(40_000));
    first.feed.close();
    second.feed.enqueue(bytes.slice());
    second.feed.close();
    await expect(all).rejects.toThrow();
    expect([await download.finished, stored]).toEqual([false, []]);
  });
});
