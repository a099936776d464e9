/** A server of the built app that spoils some answers, until it is told to stop. */
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../../../scripts/serve.mjs';

/** What becomes of an answer: none, one of another kind, or one with other bytes. */
export type Spoil = 'missing' | 'text' | ((bytes: Buffer) => Buffer);

export interface SpoiltServer {
  url: string;
  /** Answers spoilt so far. */
  readonly spoilt: number;
  /** From now on every answer is whole. */
  heal(): void;
  close(): Promise<void>;
}

export async function serveSpoilt(dir: string, which: RegExp, spoil: Spoil): Promise<SpoiltServer> {
  const whole = await serve({ dir, port: 0 });
  let healed = false;
  let spoilt = 0;
  const server = createServer((request, response) => {
    const onward = ask(
      `${whole.url}${request.url?.slice(1)}`,
      { method: request.method, headers: request.headers },
      (answer) => {
        const headers = { ...answer.headers };
        if (healed || !which.test(request.url ?? '')) {
          response.writeHead(answer.statusCode ?? 502, headers);
          answer.pipe(response);
          return;
        }
        spoilt++;
        if (spoil === 'missing') {
          answer.resume();
          response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
        } else if (spoil === 'text') {
          response.writeHead(answer.statusCode ?? 502, {
            ...headers,
            'content-type': 'text/plain',
          });
          answer.pipe(response);
        } else {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            response.writeHead(answer.statusCode ?? 502, headers);
            response.end(spoil(Buffer.concat(parts)));
          });
        }
        // The browser may not keep what was spoilt, and no tag may vouch for it.
        response.on('error', () => {});
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  // The browser asks whether its copy is current: a spoilt one must not be called so.
  server.prependListener('request', (request) => {
    if (which.test(request.url ?? '')) {
      delete request.headers['if-none-match'];
      delete request.headers['if-modified-since'];
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    get spoilt() {
      return spoilt;
    },
    heal() {
      healed = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await whole.close();
    },
  };
}
