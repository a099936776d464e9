/** A static server for the built app: Node's own http, no dependency, every header of headers.mjs. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { cacheControl, HEADERS } from './headers.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
};

/** What is worth its while, and small enough to be held in memory. Models say their size instead. */
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.webmanifest']);
const LARGEST_COMPRESSED = 2 * 1024 * 1024;

const deflate = promisify(gzip);
/** By full path; as old as its ETag says. */
const deflated = new Map();

async function compressed(full, etag) {
  const known = deflated.get(full);
  if (known?.etag === etag) return known.bytes;
  const bytes = await deflate(await readFile(full));
  deflated.set(full, { etag, bytes });
  return bytes;
}

/** Whether a browser asks for it, and did not rule it out. */
const takesGzip = (request) =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers['accept-encoding'] ?? '');

/** The file below the app's folder that a request path names, or null for one that names none. */
export function filePath(pathname, base = '/') {
  if (!pathname.startsWith(base)) return null;
  let path;
  try {
    path = decodeURIComponent(pathname.slice(base.length));
  } catch {
    return null;
  }
  if (path === '') return 'index.html';
  const parts = path.split('/');
  // Also keeps dot files (the build's own stamp) private.
  const bad = parts.some((part) => part === '' || part.startsWith('.') || /[\\\0:]/.test(part));
  return bad ? null : path;
}

/** Both faces of `localhost`; a machine without IPv6 does with the first. */
async function listen(handler, port) {
  const servers = [];
  const closeAll = () =>
    Promise.all(
      servers.map(
        (server) =>
          new Promise((done) => {
            server.close(done);
            server.closeAllConnections();
          }),
      ),
    );
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer(handler);
    try {
      await new Promise((done, failed) => {
        server.once('error', failed);
        server.listen({ port, host, ipv6Only: host === '::1' }, done);
      });
    } catch (error) {
      const absent = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (servers.length > 0 && absent) continue;
      await closeAll();
      throw error;
    }
    servers.push(server);
    port = server.address().port;
  }
  return { port, close: async () => void (await closeAll()) };
}

function plain(response, request, status, text, extra) {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-cache',
    ...extra,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Whether the client's copy is current. An ETag, when sent, decides alone. */
function isFresh(request, etag, modified) {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return since >= Math.floor(modified / 1000) * 1000;
}

async function answer(request, response, { root, base, headers }) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plain(response, request, 405, 'Method not allowed', { Allow: 'GET, HEAD' });
  }
  const pathname = (request.url ?? '/').split(/[?#]/, 1)[0];
  if (`${pathname}/` === base) {
    return plain(response, request, 308, 'Moved', { Location: base });
  }
  const path = filePath(pathname, base);
  const full = path === null ? null : resolve(root, path);
  const inside = full?.startsWith(root + sep);
  const info = inside ? await stat(full).catch(() => null) : null;
  if (!info?.isFile()) return plain(response, request, 404, 'Not found');

  const type = extname(path).toLowerCase();
  const compressible = COMPRESSED.has(type) && info.size <= LARGEST_COMPRESSED;
  if (compressible) response.setHeader('Vary', 'Accept-Encoding');
  const small = compressible && takesGzip(request);
  const version = `${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}`;
  const etag = `"${version}${small ? '-gz' : ''}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', info.mtime.toUTCString());
  response.setHeader('Cache-Control', cacheControl(path));
  if (isFresh(request, etag, info.mtimeMs)) {
    response.writeHead(304);
    return response.end();
  }
  const body = small ? await compressed(full, etag) : null;
  if (body) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(200, {
    'Content-Type': TYPES[type] ?? 'application/octet-stream',
    'Content-Length': body?.length ?? info.size,
  });
  if (request.method === 'HEAD') return response.end();
  if (body) return response.end(body);
  // A file that cannot be read to its end cuts the connection: never a short body that looks whole.
  pipeline(createReadStream(full), response, () => {});
}

/**
 * @param {{ dir?: string, port?: number, base?: string, headers?: Record<string, string> }} options
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve({ dir = 'dist', port = 0, base = '/', headers = HEADERS } = {}) {
  if (!/^\/(.*\/)?$/.test(base)) throw new Error(`BASE must begin and end with "/": ${base}`);
  const settings = { root: resolve(dir), base, headers };
  const { port: actual, close } = await listen((request, response) => {
    answer(request, response, settings).catch(() => response.destroy());
  }, port);
  return { url: `http://localhost:${actual}${base}`, port: actual, close };
}

/** PORT, or the usual one; null when it is no port. */
export function portFromEnv(fallback = 4173) {
  const text = process.env.PORT;
  if (text === undefined || text === '') return fallback;
  return /^\d{1,5}$/.test(text) && Number(text) < 65536 ? Number(text) : null;
}

export const portProblem = (error, port) =>
  error.code === 'EADDRINUSE'
    ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=8080 npm start`
    : error.code === 'EACCES'
      ? `Port ${port} may not be opened here. Choose another: PORT=8080 npm start`
      : error.message;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = portFromEnv();
  try {
    if (port === null) throw new Error(`PORT is not a port number: ${process.env.PORT}`);
    const dir = process.argv[2] ?? 'dist';
    const { url } = await serve({ dir, port, base: process.env.BASE || '/' });
    console.log(`Serving ${dir} at ${url}`);
  } catch (error) {
    console.error(portProblem(error, port));
    process.exit(1);
  }
}
