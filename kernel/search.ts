/**
 * The search kernel, AssemblyScript: compiled by `node scripts/kernel.mjs` into
 * `src/worker/search/kernel/kernel-bytes.ts`. Its caller is `wasm-store.ts` there, its oracle
 * `plain-store.ts`.
 *
 * Memory is a head (query, means, results) and then slabs of 1,024 slots each. A slab never moves,
 * so growing costs nothing and copies nothing. In a slab: the sign bits of all its slots, then
 * their int8 codes, a record of three f32 each, two bitmaps, and which of the two means its bits
 * were made with.
 *
 * Component i of a vector p is `code[i] * scale`; m is the mean; q the query, as int16.
 * raw score: q·p. Centred: (q−m)·(p−m) / (|q−m| |p−m|).
 */

const SLAB_SLOTS: u32 = 1024;
const MAX_CANDIDATES: u32 = 8192;
const MAX_RESULTS: u32 = 4096;
/** Fewer than 2 × MAX_CANDIDATES are alive at once, so a squeeze always makes room. */
const CANDIDATE_ROOM: u32 = 4 * MAX_CANDIDATES;
/** Not 0, so that no address is mistaken for none. */
const HEAD: usize = 1024;
const RECORD: u32 = 12;

/** Sign bits a vector, in 64-bit words. */
let words: u32 = 0;
/** Components a vector with the padding: bytes of its codes. */
export let stride: u32 = 0;

export let queryAt: usize = 0;
export let resultSlots: usize = 0;
export let resultScores: usize = 0;
export let resultDots: usize = 0;
export let scanScores: usize = 0;
export let sumAt: usize = 0;
let means: usize = 0;
let queryCodes: usize = 0;
let queryBits: usize = 0;
let histogram: usize = 0;
let candidateSlots: usize = 0;
let candidateDistances: usize = 0;

export let slabs: usize = 0;
export let slabBytes: usize = 0;
export let codesInSlab: usize = 0;
export let recordsInSlab: usize = 0;
export let aliveInSlab: usize = 0;
export let filterInSlab: usize = 0;
let versionInSlab: usize = 0;

/** Which of the two means is the newest; slabs of the other one are still to be recoded. */
let current: u32 = 0;

/** Of the last `scanSlab`s or `sample`, until `resetStats`. */
export let statCount: f64 = 0;
export let statSum: f64 = 0;
export let statSquares: f64 = 0;

/** Lays memory out for vectors of so many components. */
export function setup(dimensions: u32): void {
  words = (dimensions + 63) >> 6;
  stride = words << 6;
  let at: usize = HEAD;
  queryAt = at;
  at += stride << 2;
  queryCodes = at;
  at += stride << 1;
  queryBits = at;
  at += words << 4;
  means = at;
  at += stride << 3;
  sumAt = at;
  at += stride << 2;
  histogram = at;
  at += ((stride + 4) >> 2) << 4;
  scanScores = at;
  at += SLAB_SLOTS << 2;
  resultSlots = at;
  at += MAX_RESULTS << 2;
  resultScores = at;
  at += MAX_RESULTS << 2;
  resultDots = at;
  at += MAX_RESULTS << 2;
  candidateSlots = at;
  at += CANDIDATE_ROOM << 2;
  candidateDistances = at;
  at += CANDIDATE_ROOM << 2;
  // A cache line's boundary, so that no sign bits lie across two.
  slabs = (at + 63) & ~63;

  codesInSlab = <usize>SLAB_SLOTS * words * 8;
  recordsInSlab = codesInSlab + <usize>SLAB_SLOTS * stride;
  aliveInSlab = recordsInSlab + SLAB_SLOTS * RECORD;
  filterInSlab = aliveInSlab + SLAB_SLOTS / 8;
  versionInSlab = filterInSlab + SLAB_SLOTS / 8;
  slabBytes = versionInSlab + 64;
}

function slabOf(slot: u32): usize {
  return slabs + <usize>(slot >> 10) * slabBytes;
}

function codesOf(slot: u32): usize {
  return slabOf(slot) + codesInSlab + <usize>(slot & 1023) * stride;
}

function recordOf(slot: u32): usize {
  return slabOf(slot) + recordsInSlab + <usize>(slot & 1023) * RECORD;
}

function meanAt(version: u32): usize {
  return means + <usize>version * (stride << 2);
}

function lanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

// Writing

/** A slab that was just added takes the newest mean. */
export function openSlab(slab: u32): void {
  store<u32>(slabs + <usize>slab * slabBytes + versionInSlab, current);
}

/** After codes and scale were written: the slot's sign bits, m·p and 1/|p−m|. */
export function encode(slot: u32): void {
  const slab = slabOf(slot);
  const mean = meanAt(load<u32>(slab + versionInSlab));
  const codes = codesOf(slot);
  const record = recordOf(slot);
  const scale = f32x4.splat(load<f32>(record));
  const zero = f32x4.splat(0);
  let dots = zero;
  let squares = zero;
  for (let word: u32 = 0; word < words; word++) {
    let bits: u64 = 0;
    for (let part: u32 = 0; part < 4; part++) {
      const from: usize = (((<usize>word) << 2) + part) << 4;
      const m = mean + (from << 2);
      const all = v128.load(codes + from);
      const low = i16x8.extend_low_i8x16_s(all);
      const high = i16x8.extend_high_i8x16_s(all);
      const p0 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(low)), scale);
      const p1 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(low)), scale);
      const p2 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(high)), scale);
      const p3 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(high)), scale);
      const m0 = v128.load(m);
      const m1 = v128.load(m, 16);
      const m2 = v128.load(m, 32);
      const m3 = v128.load(m, 48);
      dots = f32x4.add(
        dots,
        f32x4.add(
          f32x4.add(f32x4.mul(p0, m0), f32x4.mul(p1, m1)),
          f32x4.add(f32x4.mul(p2, m2), f32x4.mul(p3, m3)),
        ),
      );
      const c0 = f32x4.sub(p0, m0);
      const c1 = f32x4.sub(p1, m1);
      const c2 = f32x4.sub(p2, m2);
      const c3 = f32x4.sub(p3, m3);
      squares = f32x4.add(
        squares,
        f32x4.add(
          f32x4.add(f32x4.mul(c0, c0), f32x4.mul(c1, c1)),
          f32x4.add(f32x4.mul(c2, c2), f32x4.mul(c3, c3)),
        ),
      );
      const signs = i8x16.narrow_i16x8_s(
        i16x8.narrow_i32x4_s(f32x4.gt(c0, zero), f32x4.gt(c1, zero)),
        i16x8.narrow_i32x4_s(f32x4.gt(c2, zero), f32x4.gt(c3, zero)),
      );
      bits |= (<u64>i8x16.bitmask(signs)) << ((<u64>part) << 4);
    }
    store<u64>(slab + ((<usize>(slot & 1023) * words + word) << 3), bits);
  }
  const norm = sqrt<f32>(lanes(squares));
  store<f32>(record, lanes(dots), 4);
  store<f32>(record, norm > 0 ? 1 / norm : 0, 8);
}

/** @returns where to write the new mean; then `recodeSlab` every slab that is not of it yet. */
export function nextMean(): usize {
  current = 1 - current;
  return meanAt(current);
}

export function recodeSlab(slab: u32): void {
  const at = slabs + <usize>slab * slabBytes;
  if (load<u32>(at + versionInSlab) === current) return;
  store<u32>(at + versionInSlab, current);
  for (let i: u32 = 0; i < SLAB_SLOTS; i++) {
    if (load<u8>(at + aliveInSlab + (i >> 3)) & (1 << (i & 7))) encode((slab << 10) + i);
  }
}

/** Adds up every `step`-th vector that is alive, into `sumAt`. @returns how many. */
export function addUp(slots: u32, step: u32): u32 {
  memory.fill(sumAt, 0, stride << 2);
  let count: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot += step) {
    if (!allowed(slot, 0)) continue;
    const codes = codesOf(slot);
    const scale = load<f32>(recordOf(slot));
    for (let i: usize = 0; i < <usize>stride; i++) {
      const to = sumAt + (i << 2);
      store<f32>(to, load<f32>(to) + <f32>load<i8>(codes + i) * scale);
    }
    count++;
  }
  return count;
}

// The query

let queryScale: f32 = 0;
/** By version: m·m − q·m, and 1/|q−m|. */
let offset0: f32 = 0;
let offset1: f32 = 0;
let inverse0: f32 = 0;
let inverse1: f32 = 0;

/** After the query was written at `queryAt`: its int16 codes, and its sign bits for both means. */
export function prepare(): void {
  let most: f32 = 0;
  for (let i: usize = 0; i < <usize>stride; i++) {
    most = max<f32>(most, abs<f32>(load<f32>(queryAt + (i << 2))));
  }
  // A lane of `dot` adds up stride / 8 products of two pairs: it must stay within an i32.
  const limit = min<f32>(32767, 2147483000 / (127 * <f32>(stride >> 2)));
  queryScale = most / limit;
  const factor: f32 = most > 0 ? limit / most : 0;
  for (let i: usize = 0; i < <usize>stride; i++) {
    store<i16>(
      queryCodes + (i << 1),
      <i16>(<i32>nearest<f32>(load<f32>(queryAt + (i << 2)) * factor)),
    );
  }
  for (let version: u32 = 0; version < 2; version++) {
    const mean = meanAt(version);
    let offset: f32 = 0;
    let squares: f32 = 0;
    let bits: u64 = 0;
    for (let i: usize = 0; i < <usize>stride; i++) {
      const m = load<f32>(mean + (i << 2));
      const q = load<f32>(queryAt + (i << 2));
      offset += m * (m - q);
      squares += (q - m) * (q - m);
      bits |= (q > m ? <u64>1 : 0) << (<u64>i & 63);
      if ((i & 63) !== 63) continue;
      store<u64>(queryBits + ((<usize>version * words + (i >> 6)) << 3), bits);
      bits = 0;
    }
    const inverse: f32 = squares > 0 ? 1 / sqrt<f32>(squares) : 0;
    if (version) {
      offset1 = offset;
      inverse1 = inverse;
    } else {
      offset0 = offset;
      inverse0 = inverse;
    }
  }
}

/** Query and codes, in units of both their scales. */
function dot(codes: usize): f32 {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let query = queryCodes;
  const end = codes + stride;
  while (codes < end) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes), v128.load(query)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 8), v128.load(query, 16)));
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 16), v128.load(query, 32)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 24), v128.load(query, 48)));
    codes += 32;
    query += 64;
  }
  return lanes(f32x4.add(f32x4.convert_i32x4_s(a), f32x4.convert_i32x4_s(b)));
}

/** Candidates whose memory is asked for together. */
const BATCH: u32 = 8;
/** Where others could see it, so that no optimiser drops the loads. */
export let touched: u32 = 0;

/** Asks for a slot's memory ahead: far-apart reads then overlap, one by one they would queue. */
function touch(slot: u32): u32 {
  const codes = codesOf(slot);
  let sum = load<u32>(recordOf(slot));
  for (let i: usize = 0; i < <usize>stride; i += 64) sum += load<u32>(codes + i);
  return sum;
}

/** The same for the slots listed at `slots`, from one place to another. */
function touchAll(slots: usize, from: u32, to: u32): void {
  let sum: u32 = 0;
  for (let i = from; i < to; i++) sum += touch(load<u32>(slots + ((<usize>i) << 2)));
  touched = sum;
}

function rawScore(slot: u32): f32 {
  return dot(codesOf(slot)) * (load<f32>(recordOf(slot)) * queryScale);
}

function centredScore(slot: u32, raw: f32): f32 {
  const record = recordOf(slot);
  const newer = load<u32>(slabOf(slot) + versionInSlab);
  const offset = newer ? offset1 : offset0;
  const inverse = newer ? inverse1 : inverse0;
  return (raw + (offset - load<f32>(record, 4))) * (load<f32>(record, 8) * inverse);
}

// Which slots take part

function allowed(slot: u32, filtered: u32): bool {
  const slab = slabOf(slot);
  const byte: usize = (slot & 1023) >> 3;
  let bits: u32 = load<u8>(slab + aliveInSlab + byte);
  if (filtered) bits &= load<u8>(slab + filterInSlab + byte);
  return <bool>((bits >> (slot & 7)) & 1);
}

function allowedWord(slab: usize, word: u32, filtered: u32): u64 {
  const bits = load<u64>(slab + aliveInSlab + (word << 3));
  return filtered ? bits & load<u64>(slab + filterInSlab + (word << 3)) : bits;
}

/** How many of the first `count` slabs' slots take part. */
export function countAllowed(count: u32, filtered: u32): u32 {
  let sum: u32 = 0;
  for (let slab: u32 = 0; slab < count; slab++) {
    const at = slabs + <usize>slab * slabBytes;
    for (let word: u32 = 0; word < 16; word++) sum += <u32>popcnt(allowedWord(at, word, filtered));
  }
  return sum;
}

// Results: a heap with its worst on top, in the result arrays

let found: u32 = 0;
let wanted: u32 = 0;

/** Equal scores go by slot, so that an answer does not depend on the order of the scan. */
function isWorse(score: f32, slot: u32, otherScore: f32, otherSlot: u32): bool {
  return score < otherScore || (score === otherScore && slot > otherSlot);
}

function put(at: u32, slot: u32, score: f32, raw: f32): void {
  const to: usize = (<usize>at) << 2;
  store<u32>(resultSlots + to, slot);
  store<f32>(resultScores + to, score);
  store<f32>(resultDots + to, raw);
}

/** Lets a result sink from the top of the first `size`, until nothing below it is worse. */
function sink(size: u32, slot: u32, score: f32, raw: f32): void {
  let at: u32 = 0;
  for (let child: u32 = 1; child < size; child = 2 * at + 1) {
    const left: usize = (<usize>child) << 2;
    let childSlot = load<u32>(resultSlots + left);
    let childScore = load<f32>(resultScores + left);
    if (child + 1 < size) {
      const rightSlot = load<u32>(resultSlots + left, 4);
      const rightScore = load<f32>(resultScores + left, 4);
      if (isWorse(rightScore, rightSlot, childScore, childSlot)) {
        child++;
        childSlot = rightSlot;
        childScore = rightScore;
      }
    }
    if (!isWorse(childScore, childSlot, score, slot)) break;
    put(at, childSlot, childScore, load<f32>(resultDots + ((<usize>child) << 2)));
    at = child;
  }
  put(at, slot, score, raw);
}

function offer(slot: u32, centred: u32): void {
  const raw = rawScore(slot);
  const score = centred ? centredScore(slot, raw) : raw;
  if (found === wanted) {
    if (isWorse(load<f32>(resultScores), load<u32>(resultSlots), score, slot)) {
      sink(found, slot, score, raw);
    }
    return;
  }
  let at = found++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const up: usize = (<usize>parent) << 2;
    const parentSlot = load<u32>(resultSlots + up);
    const parentScore = load<f32>(resultScores + up);
    if (!isWorse(score, slot, parentScore, parentSlot)) break;
    put(at, parentSlot, parentScore, load<f32>(resultDots + up));
    at = parent;
  }
  put(at, slot, score, raw);
}

/** Best first. */
function sortResults(): void {
  for (let size = found; size > 1; size--) {
    const last: usize = (<usize>(size - 1)) << 2;
    const slot = load<u32>(resultSlots + last);
    const score = load<f32>(resultScores + last);
    const raw = load<f32>(resultDots + last);
    put(size - 1, load<u32>(resultSlots), load<f32>(resultScores), load<f32>(resultDots));
    sink(size - 1, slot, score, raw);
  }
}

// The first pass: slots whose sign bits are nearest

let aim: u32 = 0;
/** Entries in the candidate arrays; those farther than `worst` are dead. */
let entries: u32 = 0;
let live: u32 = 0;
/** Largest distance among the live. */
let worst: u32 = 0;
/** A slot nearer than this comes in. */
let limit: u32 = 0;

function squeeze(): void {
  let kept: usize = 0;
  for (let i: usize = 0; i < <usize>entries; i++) {
    const distance = load<u32>(candidateDistances + (i << 2));
    if (distance > worst) continue;
    store<u32>(candidateDistances + (kept << 2), distance);
    store<u32>(candidateSlots + (kept << 2), load<u32>(candidateSlots + (i << 2)));
    kept++;
  }
  entries = <u32>kept;
}

/**
 * Once `aim` are live only nearer ones come in, and the farthest distance goes as soon as enough
 * remain without it: the bound sinks as the scan goes, and hardly anything is written.
 */
function admit(slot: u32, distance: u32): void {
  store<u32>(candidateSlots + ((<usize>entries) << 2), slot);
  store<u32>(candidateDistances + ((<usize>entries) << 2), distance);
  entries++;
  const bin = histogram + ((<usize>distance) << 2);
  store<u32>(bin, load<u32>(bin) + 1);
  live++;
  worst = max(worst, distance);
  if (live >= aim) {
    for (;;) {
      const farthest = load<u32>(histogram + ((<usize>worst) << 2));
      if (live - farthest < aim) break;
      live -= farthest;
      worst--;
    }
    limit = worst;
  }
  if (entries === CANDIDATE_ROOM) squeeze();
}

/** Eight words: the case of 512 dimensions, with the query held in locals. */
function nearestInSlab8(slab: u32, filtered: u32): void {
  const at = slabs + <usize>slab * slabBytes;
  const query = queryBits + ((<usize>load<u32>(at + versionInSlab) * words) << 3);
  const q0 = load<u64>(query);
  const q1 = load<u64>(query, 8);
  const q2 = load<u64>(query, 16);
  const q3 = load<u64>(query, 24);
  const q4 = load<u64>(query, 32);
  const q5 = load<u64>(query, 40);
  const q6 = load<u64>(query, 48);
  const q7 = load<u64>(query, 56);
  for (let word: u32 = 0; word < 16; word++) {
    let bits = allowedWord(at, word, filtered);
    let i = word << 6;
    // Run by run of slots that take part: mostly one run of 64.
    while (bits !== 0) {
      const skip = ctz(bits);
      bits >>= skip;
      i += <u32>skip;
      const run = ctz(~bits);
      for (const end = i + <u32>run; i < end; i++) {
        const p = at + ((<usize>i) << 6);
        const distance = <u32>(
          (popcnt(load<u64>(p) ^ q0) +
            popcnt(load<u64>(p, 8) ^ q1) +
            (popcnt(load<u64>(p, 16) ^ q2) + popcnt(load<u64>(p, 24) ^ q3)) +
            (popcnt(load<u64>(p, 32) ^ q4) +
              popcnt(load<u64>(p, 40) ^ q5) +
              (popcnt(load<u64>(p, 48) ^ q6) + popcnt(load<u64>(p, 56) ^ q7))))
        );
        if (distance < limit) admit((slab << 10) + i, distance);
      }
      // In two steps: shifting by all 64 would shift by none.
      bits = (bits >> (run - 1)) >> 1;
    }
  }
}

function nearestInSlab(slab: u32, filtered: u32): void {
  const at = slabs + <usize>slab * slabBytes;
  const size: usize = words << 3;
  const query = queryBits + <usize>load<u32>(at + versionInSlab) * size;
  for (let i: u32 = 0; i < SLAB_SLOTS; i++) {
    if (!allowed(i + (slab << 10), filtered)) continue;
    const p = at + <usize>i * size;
    let distance: u64 = 0;
    for (let w: usize = 0; w < size; w += 8) {
      distance += popcnt(load<u64>(p + w) ^ load<u64>(query + w));
    }
    if (<u32>distance < limit) admit((slab << 10) + i, <u32>distance);
  }
}

/**
 * The best `k` slots of the first `count` slabs, best first, in the result arrays. `candidates`: how
 * many the sign bits let through to be scored; 0 scores all. @returns how many were found.
 */
export function topK(k: u32, candidates: u32, count: u32, filtered: u32, centred: u32): u32 {
  found = 0;
  wanted = min(k, MAX_RESULTS);
  if (wanted === 0) return 0;
  if (candidates === 0) {
    for (let slab: u32 = 0; slab < count; slab++) {
      const at = slabs + <usize>slab * slabBytes;
      for (let word: u32 = 0; word < 16; word++) {
        for (let bits = allowedWord(at, word, filtered); bits !== 0; bits &= bits - 1) {
          offer((slab << 10) + (word << 6) + <u32>ctz(bits), centred);
        }
      }
    }
  } else {
    aim = min(max(candidates, wanted), MAX_CANDIDATES);
    entries = 0;
    live = 0;
    worst = 0;
    limit = stride + 1;
    memory.fill(histogram, 0, (stride + 1) << 2);
    if (words === 8) {
      for (let slab: u32 = 0; slab < count; slab++) nearestInSlab8(slab, filtered);
    } else {
      for (let slab: u32 = 0; slab < count; slab++) nearestInSlab(slab, filtered);
    }
    squeeze();
    for (let from: u32 = 0; from < entries; from += BATCH) {
      const to = min(from + BATCH, entries);
      touchAll(candidateSlots, from, to);
      for (let i = from; i < to; i++) {
        offer(load<u32>(candidateSlots + ((<usize>i) << 2)), centred);
      }
    }
  }
  sortResults();
  return found;
}

// All scores, and what they are like

export function resetStats(): void {
  statCount = 0;
  statSum = 0;
  statSquares = 0;
}

function note(score: f32): void {
  statCount += 1;
  statSum += score;
  statSquares += <f64>score * <f64>score;
}

/** Scores of a slab's slots at `scanScores`, −Infinity where a slot takes no part. */
export function scanSlab(slab: u32, filtered: u32, centred: u32): void {
  for (let i: u32 = 0; i < SLAB_SLOTS; i++) {
    const slot = (slab << 10) + i;
    let score: f32 = -Infinity;
    if (allowed(slot, filtered)) {
      score = rawScore(slot);
      if (centred) score = centredScore(slot, score);
      note(score);
    }
    store<f32>(scanScores + ((<usize>i) << 2), score);
  }
}

/** Only the statistics, of every `step`-th slot that takes part. */
export function sample(slots: u32, step: u32, filtered: u32, centred: u32): void {
  for (let slot: u32 = 0; slot < slots; slot += step) {
    if (!allowed(slot, filtered)) continue;
    const raw = rawScore(slot);
    note(centred ? centredScore(slot, raw) : raw);
  }
}

/** Raw scores of the first `count` slots at `resultSlots`, in their order, to `resultDots`. */
export function dotsOf(count: u32): void {
  for (let from: u32 = 0; from < count; from += BATCH) {
    const to = min(from + BATCH, count);
    touchAll(resultSlots, from, to);
    for (let i = from; i < to; i++) {
      const at: usize = (<usize>i) << 2;
      store<f32>(resultDots + at, rawScore(load<u32>(resultSlots + at)));
    }
  }
}

export function scoreOf(slot: u32, centred: u32): f32 {
  const raw = rawScore(slot);
  return centred ? centredScore(slot, raw) : raw;
}
