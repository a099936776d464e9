import { sha256 } from '../sha256.ts';
import type { BigFile } from './files.ts';

/**
 * One download of a big file, shared by all who ask for it meanwhile. Bytes reach the readers as
 * they come, but a reader's stream ends only after the whole file proved right and was stored.
 * A connection that breaks is made again and read from where it broke; what stays cut off, or is
 * wrong, ends in an error and is never stored.
 *
 * It reads on without waiting for its readers: one of them may look at the headers only and never
 * read, which must not hold the connection.
 */
export class Download {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  readonly #readers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #received = 0;
  #end: 'ok' | TypeError | null = null;
  readonly headers: Headers;
  /** Settles at the end, never rejects: whether the file was right. */
  readonly finished: Promise<boolean>;

  constructor(
    response: Response,
    readonly expected: BigFile,
    readonly store: (whole: Response) => Promise<void>,
    /** Asks for the file once more when the connection broke; null gives it up. */
    readonly again: (attempt: number) => Promise<Response | null> = async () => null,
  ) {
    this.headers = new Headers(response.headers);
    // The body is decoded by now: these are the true numbers, which progress bars divide by.
    this.headers.delete('content-encoding');
    this.headers.set('content-length', String(expected.size));
    this.finished = this.#run(response).then(
      () => this.#close('ok'),
      (error) => this.#close(error instanceof TypeError ? error : new TypeError(String(error))),
    );
  }

  /**
   * The file from its first byte, as it comes; may be called while the download runs, by several.
   */
  response(): Response {
    return new Response(this.#stream(), { status: 200, headers: this.headers });
  }

  #stream(): ReadableStream<Uint8Array> {
    let mine: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        mine = controller;
        for (const chunk of this.#chunks) controller.enqueue(chunk);
        if (this.#end === 'ok') controller.close();
        else if (this.#end) controller.error(this.#end);
        else this.#readers.add(controller);
      },
      cancel: () => {
        this.#readers.delete(mine);
      },
    });
  }

  async #run(first: Response): Promise<void> {
    const whole = new Uint8Array(this.expected.size);
    let cut = await this.#read(first, whole);
    for (let attempt = 0; cut; attempt++) {
      const response = await this.again(attempt);
      if (!response) throw cut;
      cut = await this.#read(response, whole);
    }
    if ((await sha256(whole)) !== this.expected.sha256)
      throw new TypeError('the file differs from the one this version expects');
    await this.store(new Response(whole, { status: 200, headers: this.headers }));
  }

  /**
   * Reads on from what was received before.
   * @returns why it broke off before the end, or null
   * @throws TypeError when this is another file
   */
  async #read(response: Response, whole: Uint8Array<ArrayBuffer>): Promise<TypeError | null> {
    const { size } = this.expected;
    const announced = response.headers.get('content-length');
    const encoded = response.headers.has('content-encoding');
    if (announced !== null && !encoded && Number(announced) !== size) {
      await response.body?.cancel();
      throw new TypeError(`expected ${size} bytes, the server announces ${announced}`);
    }
    let at = 0;
    const reader = (response.body ?? new Blob().stream()).getReader();
    for (;;) {
      const next = await reader.read().catch((error) => new TypeError(String(error)));
      if (next instanceof TypeError) return next;
      const { done, value } = next;
      if (done) return at === size ? null : new TypeError(`${at} of ${size} bytes came`);
      at += value.length;
      if (at > size) {
        await reader.cancel();
        throw new TypeError(`more than the expected ${size} bytes came`);
      }
      const fresh = at - this.#received;
      if (fresh <= 0) continue;
      whole.set(value.subarray(value.length - fresh), this.#received);
      // A view of the whole: every reader and the cache share one buffer.
      const chunk = whole.subarray(this.#received, at);
      this.#received = at;
      this.#chunks.push(chunk);
      for (const controller of this.#readers) controller.enqueue(chunk);
    }
  }

  #close(end: 'ok' | TypeError): boolean {
    this.#end = end;
    for (const controller of this.#readers) {
      if (end === 'ok') controller.close();
      else controller.error(end);
    }
    this.#readers.clear();
    return end === 'ok';
  }
}
