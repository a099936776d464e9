/** Whole numbers from 0 to 2^32 − 1 in seven bits a byte, least first (LEB128). Pure. */

export class NumberWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param room bytes to begin with */
  constructor(room = 65_536) {
    this.#bytes = new Uint8Array(room);
  }

  /** One number, in one to five bytes. @param number whole, 0 to 2^32 − 1 */
  add(number: number): void {
    if (this.#length + 5 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = number;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

export class NumberReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws RangeError past the end */
  next(): number {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('cut short');
      number |= (byte & 127) << shift;
      if (byte < 128) return number >>> 0;
    }
  }
}
