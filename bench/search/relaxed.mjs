/**
 * `node bench/search/relaxed.mjs`: would relaxed SIMD make the kernel's dot products faster, and
 * at what loss? In Chromium, seeded codes, for as many vectors as fit the processor's caches and for
 * more.
 */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { compile } from '../../scripts/assemblyscript.mjs';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs';
import { ROOT } from '../../scripts/install.mjs';

const SIZES = [1_000, 8_000, 50_000, 200_000];

/** In the page. */
async function measure({ base64, sizes }) {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { memory, plain, relaxed7, relaxed14 } = instance.exports;
  const most = Math.max(...sizes);
  const query16 = 1_024;
  const query7 = 4_096;
  const query14 = 8_192;
  const codes = 65_536;
  const sums = codes + 512 * most;
  const out = sums + 4 * most;
  const int8 = new Int8Array(memory.buffer);
  const int16 = new Int16Array(memory.buffer);
  const int32 = new Int32Array(memory.buffer);
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  const normal = () => (random() + random() + random() + random() - 2) * Math.sqrt(3);
  for (let i = 0; i < most; i++) {
    let sum = 0;
    for (let at = codes + 512 * i, end = at + 512; at < end; at++) {
      int8[at] = Math.max(-127, Math.min(127, Math.round(36 * normal())));
      sum += int8[at];
    }
    int32[sums / 4 + i] = sum;
  }
  const query = Array.from({ length: 512 }, normal);
  const greatest = Math.max(...query.map(Math.abs));
  query.forEach((x, i) => {
    int16[query16 / 2 + i] = Math.round((x / greatest) * 32_767);
    int8[query7 + i] = 64 + Math.round((x / greatest) * 63);
    const fine = 8_192 + Math.round((x / greatest) * 8_191);
    int8[query14 + i] = fine >> 7;
    int8[query14 + 512 + i] = fine & 127;
  });
  const ways = {
    plain: [(n) => plain(codes, n, query16, out), 32_767],
    relaxed7: [(n) => relaxed7(codes, n, query7, sums, out), 63],
    relaxed14: [(n) => relaxed14(codes, n, query14, sums, out), 8_191],
  };
  const rows = [];
  for (const n of sizes) {
    const times = {};
    const repeats = Math.max(1, Math.round(50_000 / n));
    for (let round = 0; round < 25; round++) {
      for (const [name, [run]] of Object.entries(ways)) {
        const began = performance.now();
        for (let i = 0; i < repeats; i++) run(n);
        const ns = ((performance.now() - began) / repeats / n) * 1e6;
        times[name] ??= [];
        times[name].push(ns);
      }
    }
    const scores = {};
    for (const [name, [run, scale]] of Object.entries(ways)) {
      run(n);
      scores[name] = Array.from(int32.subarray(out / 4, out / 4 + n), (x) => x / scale);
    }
    const length = (xs) => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));
    for (const name of Object.keys(ways)) {
      const off = scores[name].map((x, i) => x - scores.plain[i]);
      const ns = times[name].sort((a, b) => a - b)[times[name].length >> 1];
      rows.push({ n, name, ns, error: length(off) / length(scores.plain) });
    }
  }
  return rows;
}

const bytes = compile(join(ROOT, 'kernel/relaxed-dot.ts'), [
  '--enable',
  'simd',
  '--enable',
  'relaxed-simd',
  '--initialMemory',
  '1700',
]);
const base64 = bytes.toString('base64');
const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: CHROMIUM_ARGS,
});
try {
  const page = await browser.newPage();
  const rows = await page.evaluate(measure, { base64, sizes: SIZES });
  console.log(`Chromium ${browser.version()}\n`);
  console.log('| vectors | way | a vector | times plain | error of scores |');
  console.log('|---|---|---|---|---|');
  for (const { n, name, ns, error } of rows) {
    const plain = rows.find((row) => row.n === n && row.name === 'plain').ns;
    const faster = (plain / ns).toFixed(2);
    console.log(`| ${n} | ${name} | ${ns.toFixed(1)} ns | ${faster} | ${error.toFixed(4)} |`);
  }
} finally {
  await browser.close();
}
