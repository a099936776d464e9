/**
 * Draws the app's mark, an erratic boulder ("Findling") with a spark above it, as SVG and PNG.
 * Run by hand after a change; the results are committed. No dependency: paths are flattened and
 * filled here, and a PNG is a few chunks around zlib.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 512;
const TEAL = '#1d3b40';
/** Absolute M, C and Z only, on a 512 grid, painted in order. */
const MARK = [
  [
    '#16302f',
    'M 76 392 C 76 376 160 366 256 366 C 352 366 436 376 436 392 C 436 408 352 418 256 418 C 160 418 76 408 76 392 Z',
  ],
  [
    '#d8cdb9',
    'M 92 344 C 84 282 122 222 186 194 C 236 172 304 186 352 230 C 398 272 428 322 416 358 C 406 390 360 396 256 396 C 140 396 98 388 92 344 Z',
  ],
  [
    '#b5a88f',
    'M 352 230 C 398 272 428 322 416 358 C 406 390 360 396 256 396 C 218 396 188 395 164 391 C 214 374 262 348 288 312 C 310 282 322 246 316 202 C 328 210 340 219 352 230 Z',
  ],
  [
    '#efe7d8',
    'M 126 300 C 130 262 156 230 196 216 C 170 240 150 268 144 304 C 142 318 124 316 126 300 Z',
  ],
  [
    '#f4b860',
    'M 366 66 C 373 118 388 133 440 140 C 388 147 373 162 366 214 C 359 162 344 147 292 140 C 344 133 359 118 366 66 Z',
  ],
];
const ROUNDED =
  'M 112 0 C 112 0 400 0 400 0 C 462 0 512 50 512 112 C 512 112 512 400 512 400 C 512 462 462 512 400 512 C 400 512 112 512 112 512 C 50 512 0 462 0 400 C 0 400 0 112 0 112 C 0 50 50 0 112 0 Z';
const SQUARE =
  'M 0 0 C 0 0 512 0 512 0 C 512 0 512 512 512 512 C 512 512 0 512 0 512 C 0 512 0 0 0 0 Z';

/** A path as the corners of a polygon. */
function flatten(path) {
  const n = path.match(/-?\d+(\.\d+)?/g).map(Number);
  const points = [[n[0], n[1]]];
  for (let i = 2; i + 5 < n.length; i += 6) {
    const [x0, y0] = points.at(-1);
    for (let step = 1; step <= 24; step++) {
      const t = step / 24;
      const u = 1 - t;
      const mix = (a, b, c, d) =>
        u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
      points.push([mix(x0, n[i], n[i + 2], n[i + 4]), mix(y0, n[i + 1], n[i + 3], n[i + 5])]);
    }
  }
  return points;
}

/** How much of each pixel the polygon covers, by scan lines with sub-pixel steps. */
function coverage(points, size) {
  const SUB = 8;
  const cover = new Float32Array(size * size);
  for (let line = 0; line < size * SUB; line++) {
    const y = (line + 0.5) / SUB;
    const xs = [];
    points.forEach(([x1, y1], i) => {
      const [x2, y2] = points[(i + 1) % points.length];
      if (y1 <= y !== y2 <= y) xs.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    });
    xs.sort((a, b) => a - b);
    const row = Math.floor(y) * size;
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const end = Math.min(xs[i + 1], size);
      for (let x = Math.max(0, Math.floor(xs[i])); x < end; x++) {
        cover[row + x] += (Math.min(x + 1, end) - Math.max(x, xs[i])) / SUB;
      }
    }
  }
  return cover;
}

function render(size, layers, scale = 1) {
  const pixels = new Float64Array(size * size * 4);
  layers.forEach(([colour, path, fixed]) => {
    const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const k = fixed ? 1 : scale;
    const place = (v) => ((v - SIZE / 2) * k + SIZE / 2) * (size / SIZE);
    const cover = coverage(
      flatten(path).map(([x, y]) => [place(x), place(y)]),
      size,
    );
    cover.forEach((value, i) => {
      const a = Math.min(1, value);
      if (a <= 0) return;
      const under = pixels[i * 4 + 3];
      const total = a + under * (1 - a);
      for (let c = 0; c < 3; c++) {
        pixels[i * 4 + c] = (rgb[c] * a + pixels[i * 4 + c] * under * (1 - a)) / total;
      }
      pixels[i * 4 + 3] = total;
    });
  });
  return pixels.map((value, i) => (i % 4 === 3 ? value * 255 : value));
}

function png(size, pixels) {
  const raw = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let i = 0; i < size * 4; i++) {
      raw[y * (size * 4 + 1) + 1 + i] = Math.round(pixels[y * size * 4 + i]);
    }
  }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const out = new URL('../public/icons/', import.meta.url);
mkdirSync(out, { recursive: true });
const rounded = [[TEAL, ROUNDED, true], ...MARK];
const square = [[TEAL, SQUARE, true], ...MARK];
const save = (name, size, layers, scale) =>
  writeFileSync(new URL(name, out), png(size, render(size, layers, scale)));
save('icon-192.png', 192, rounded);
save('icon-512.png', 512, rounded);
// Launchers cut these to a circle or squircle: background to the edges, the mark in the middle.
save('maskable-512.png', 512, square, 0.82);
save('apple-touch-180.png', 180, square, 0.94);
// Only its shape counts: the system tints it.
save('monochrome-512.png', 512, [MARK[1], MARK[4]], 0.82);
const shapes = rounded.map(([fill, d]) => `  <path fill="${fill}" d="${d}"/>\n`).join('');
writeFileSync(
  new URL('icon.svg', out),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">\n  <title>Findling</title>\n${shapes}</svg>\n`,
);
