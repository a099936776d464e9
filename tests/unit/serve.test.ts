import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caddyFile, HEADERS, headersFile, nginxFile } from '../../scripts/headers.mjs';
import { filePath, serve } from '../../scripts/serve.mjs';

const dir = mkdtempSync(join(tmpdir(), 'findling-serve-'));
const root = join(dir, 'dist');
let server: Awaited<ReturnType<typeof serve>>;

/** As written, without the tidying of paths that fetch does. */
const raw = (path: string, method = 'GET') =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });

beforeAll(async () => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(dir, 'secret.txt'), 'secret');
  writeFileSync(join(root, '.inputs'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'sw.js'), '');
  writeFileSync(join(root, 'a b.txt'), 'spaced');
  writeFileSync(join(root, 'assets/x-1.js'), 'export {}');
  server = await serve({ dir: root });
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

describe('paths', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%2e%2e%2fsecret.txt',
    '//secret.txt',
    '/.inputs',
    '/%00',
    '/%zz',
    '/assets',
    '/assets/',
    'http://localhost/../secret.txt',
  ])('%s is not found', async (path) => {
    const answer = await raw(path);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).not.toContain('secret\n');
    expect(answer).toContain(`Content-Security-Policy: ${HEADERS['Content-Security-Policy']}`);
  });

  it('names files below the base only', () => {
    expect(filePath('/sub/', '/sub/')).toBe('index.html');
    expect(filePath('/sub/assets/x.js', '/sub/')).toBe('assets/x.js');
    expect(filePath('/assets/x.js', '/sub/')).toBeNull();
    expect(filePath('/a%20b.txt')).toBe('a b.txt');
  });
});

describe('answers', () => {
  it('both faces of localhost answer', async () => {
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200);
    expect((await fetch(server.url)).status).toBe(200);
  });

  it('says how long to keep a file', async () => {
    const kept = async (path: string) =>
      (await fetch(server.url + path)).headers.get('cache-control');
    expect(await kept('')).toBe('no-cache');
    expect(await kept('sw.js')).toBe('no-cache');
    expect(await kept('assets/x-1.js')).toContain('immutable');
    expect(await kept('nothing')).toBe('no-cache');
  });

  it('answers 304 to who has the file, by tag or by date, and 200 after a change', async () => {
    const url = `${server.url}a%20b.txt`;
    const first = await fetch(url);
    expect(await first.text()).toBe('spaced');
    const etag = first.headers.get('etag') as string;
    const date = first.headers.get('last-modified') as string;
    const ask = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
    expect(await ask({ 'if-none-match': etag })).toBe(304);
    expect(await ask({ 'if-none-match': `W/${etag}, "other"` })).toBe(304);
    expect(await ask({ 'if-modified-since': date })).toBe(304);
    expect(await ask({ 'if-none-match': '"other"', 'if-modified-since': date })).toBe(200);
    writeFileSync(join(root, 'a b.txt'), 'changed');
    expect(await ask({ 'if-none-match': etag })).toBe(200);
  });

  it('compresses scripts for who can read it, under a tag of its own', async () => {
    const script = join(root, 'assets/long-1.js');
    const text = `export const words = '${'seldom '.repeat(500)}';`;
    writeFileSync(script, text);
    const url = `${server.url}assets/long-1.js`;
    const ask = (encoding: string) => fetch(url, { headers: { 'accept-encoding': encoding } });
    const [small, plain, refused] = await Promise.all(
      ['gzip, br', 'identity', 'br, gzip;q=0'].map(ask),
    );
    expect(small!.headers.get('content-encoding')).toBe('gzip');
    expect(Number(small!.headers.get('content-length'))).toBeLessThan(text.length / 10);
    expect(await small!.text()).toBe(text);
    for (const whole of [plain!, refused!]) {
      expect(whole.headers.get('content-encoding')).toBeNull();
      expect(whole.headers.get('content-length')).toBe(String(text.length));
      expect(whole.headers.get('vary')).toBe('Accept-Encoding');
      expect(whole.headers.get('etag')).not.toBe(small!.headers.get('etag'));
    }
    writeFileSync(script, text.replaceAll('seldom', 'often '));
    expect(await (await ask('gzip')).text()).toContain('often');
  });

  it('sends the length and, to HEAD, nothing else', async () => {
    const head = await raw('/assets/x-1.js', 'HEAD');
    expect(head).toMatch(/\r\nContent-Length: 9\r\n/);
    expect(head.endsWith('\r\n\r\n')).toBe(true);
    expect(await raw('/', 'POST')).toMatch(/^HTTP\/1.1 405 /);
  });

  it('refuses a taken port by name and a base without slashes', async () => {
    await expect(serve({ dir: root, port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await expect(serve({ dir: root, base: 'sub' })).rejects.toThrow('BASE');
  });

  it('leads from the bare sub-path to its folder', async () => {
    const sub = await serve({ dir: root, base: '/sub/' });
    const bare = await fetch(sub.url.slice(0, -1), { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/sub/']);
    expect((await fetch(sub.url)).status).toBe(200);
    expect((await fetch(`http://localhost:${sub.port}/`)).status).toBe(404);
    await sub.close();
  });
});

it('the files for other hosts carry every header', () => {
  for (const [name, value] of Object.entries(HEADERS)) {
    expect(headersFile()).toContain(`  ${name}: ${value}\n`);
    expect(nginxFile()).toContain(`add_header ${name} "${value}" always;`);
    expect(caddyFile()).toContain(`\t${name} "${value}"\n`);
  }
});
