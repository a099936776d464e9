/**
 * Before any module of the app: the globals of a browser that Node has not, or that take real time.
 * Whatever is asked of them is answered by tasks that are counted, so that each run is the same.
 */
import { createHash } from 'node:crypto';
import { listen } from './console-log.ts';
import { countTasks, task } from './tasks.ts';

countTasks();
listen();

/** What `yieldToMessages` is made of; the engine's own is on the process's clock. */
class Channel {
  port1 = new EndOfChannel();
  port2 = new EndOfChannel();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}
class EndOfChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  other!: EndOfChannel;
  postMessage(data: unknown): void {
    task(() => this.other.onmessage?.({ data }));
  }
}

/** Takes a task or two, as in a browser: awaited within a transaction, it ends that transaction. */
async function digest(_algorithm: string, bytes: BufferSource): Promise<ArrayBuffer> {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  const hash = new Uint8Array(createHash('sha256').update(view).digest());
  await new Promise<void>((resolve) => task(() => task(resolve)));
  return hash.buffer;
}

let ids = 0;
const crypto = {
  subtle: { digest },
  randomUUID: () => `id-${++ids}`,
  getRandomValues: <T>(array: T): T => array,
};

for (const [name, value] of Object.entries({ MessageChannel: Channel, crypto })) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
