/**
 * The kernel's dot product of int8 codes with a query, and two that use relaxed SIMD, to be held
 * against it by bench/search/relaxed.mjs. AssemblyScript. 512 components a vector; codes lie one
 * after another.
 *
 * The relaxed instruction takes one operand of 7 bits without a sign, so the query is shifted by 64,
 * and 64 × the sum of a vector's codes is taken off again: `sums`, one i32 a vector.
 */

function sum(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) +
    i32x4.extract_lane(v, 1) +
    (i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3))
  );
}

/** As kernel/search.ts: the query is int16. */
export function plain(codes: usize, count: u32, query: usize, out: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let q = query;
    for (const end = codes + 512; codes < end; codes += 32, q += 64) {
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes), v128.load(q)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 8), v128.load(q, 16)));
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 16), v128.load(q, 32)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 24), v128.load(q, 48)));
    }
    store<i32>(out + ((<usize>i) << 2), sum(i32x4.add(a, b)));
  }
}

/** The query in 7 bits. */
export function relaxed7(codes: usize, count: u32, query: usize, sums: usize, out: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let q = query;
    for (const end = codes + 512; codes < end; codes += 32, q += 32) {
      a = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(codes), v128.load(q), a);
      b = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(codes, 16), v128.load(q, 16), b);
    }
    const at: usize = (<usize>i) << 2;
    store<i32>(out + at, sum(i32x4.add(a, b)) - 64 * load<i32>(sums + at));
  }
}

/** The query in 14 bits, as a high and, 512 bytes on, a low half. */
export function relaxed14(codes: usize, count: u32, query: usize, sums: usize, out: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    let high = i32x4.splat(0);
    let low = i32x4.splat(0);
    let q = query;
    for (const end = codes + 512; codes < end; codes += 16, q += 16) {
      const p = v128.load(codes);
      high = i32x4.relaxed_dot_i8x16_i7x16_add_s(p, v128.load(q), high);
      low = i32x4.relaxed_dot_i8x16_i7x16_add_s(p, v128.load(q, 512), low);
    }
    const at: usize = (<usize>i) << 2;
    const all = sum(i32x4.add(i32x4.shl(high, 7), low));
    store<i32>(out + at, all - 8192 * load<i32>(sums + at));
  }
}
