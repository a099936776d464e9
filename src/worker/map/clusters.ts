export interface Clusters {
  /** By point. */
  of: Uint16Array;
  /** Middle and size of each, largest first. */
  list: { x: number; y: number; size: number }[];
}

/** Cells along each side of the plane. */
const CELLS = 64;
/** Clusters at most: more would be no overview. */
export const MOST_CLUSTERS = 18;
/** Notes of a cluster at least; smaller ones join the nearest. */
const LEAST = 3;
/** Of the mean distance from the middle: how far a point's weight reaches (after Silverman). */
const REACH = 0.55;

/**
 * Groups of points as one sees them: each goes uphill on the smoothed density, to its hill. Pure,
 * the same for the same points.
 * @param xy [n][2]
 */
export function cluster(xy: Float32Array): Clusters {
  const count = xy.length / 2;
  if (count === 0) return { of: new Uint16Array(), list: [] };
  const { cellOf, density } = densityOf(xy);
  const peak = peaksOf(density);
  const members = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const top = peak[cellOf[i]!]!;
    const inside = members.get(top);
    if (inside) inside.push(i);
    else members.set(top, [i]);
  }
  let groups = [...members.values()].map((points) => ({ points, ...middle(xy, points) }));
  // The smallest joins the nearest, until those left are worth a name.
  for (;;) {
    groups.sort((a, b) => b.points.length - a.points.length || a.points[0]! - b.points[0]!);
    const last = groups.at(-1)!;
    const few = last.points.length < LEAST || groups.length > MOST_CLUSTERS;
    if (groups.length === 1 || !few) break;
    groups = groups.slice(0, -1);
    const away = (g: { x: number; y: number }) => Math.hypot(g.x - last.x, g.y - last.y);
    const next = groups.reduce((a, b) => (away(b) < away(a) ? b : a));
    next.points = [...next.points, ...last.points].sort((a, b) => a - b);
    Object.assign(next, middle(xy, next.points));
  }
  const of = new Uint16Array(count);
  groups.forEach(({ points }, g) => {
    for (const point of points) of[point] = g;
  });
  return { of, list: groups.map(({ points, x, y }) => ({ x, y, size: points.length })) };
}

function middle(xy: Float32Array, points: readonly number[]): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += xy[2 * point]! / points.length;
    y += xy[2 * point + 1]! / points.length;
  }
  return { x, y };
}

function densityOf(xy: Float32Array): { cellOf: Uint16Array; density: Float32Array } {
  const count = xy.length / 2;
  let [left, top, right, bottom] = [xy[0]!, xy[1]!, xy[0]!, xy[1]!];
  for (let i = 0; i < count; i++) {
    left = Math.min(left, xy[2 * i]!);
    right = Math.max(right, xy[2 * i]!);
    top = Math.min(top, xy[2 * i + 1]!);
    bottom = Math.max(bottom, xy[2 * i + 1]!);
  }
  const side = Math.max(right - left, bottom - top, 1e-6);
  const scale = (CELLS - 1) / side;
  const cellOf = new Uint16Array(count);
  let density = new Float32Array(CELLS * CELLS);
  const centre = middle(
    xy,
    Array.from({ length: count }, (_, i) => i),
  );
  let spread = 0;
  for (let i = 0; i < count; i++) {
    const column = Math.round((xy[2 * i]! - left) * scale);
    const line = Math.round((xy[2 * i + 1]! - top) * scale);
    cellOf[i] = line * CELLS + column;
    density[cellOf[i]!]!++;
    spread += Math.hypot(xy[2 * i]! - centre.x, xy[2 * i + 1]! - centre.y) / count;
  }
  const sigma = Math.max(0.8, REACH * spread * scale * count ** (-1 / 6));
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  // Along, then across: the same as both at once.
  for (const step of [1, CELLS]) {
    const smooth = new Float32Array(CELLS * CELLS);
    for (let cell = 0; cell < smooth.length; cell++) {
      const at = step === 1 ? cell % CELLS : (cell / CELLS) | 0;
      let sum = 0;
      for (let i = -Math.min(reach, at); i <= Math.min(reach, CELLS - 1 - at); i++) {
        sum += weights[i + reach]! * density[cell + i * step]!;
      }
      smooth[cell] = sum;
    }
    density = smooth;
  }
  return { cellOf, density };
}

/** By cell: the hilltop that one comes to by always going to the highest neighbour. */
function peaksOf(density: Float32Array): Int32Array {
  const peak = new Int32Array(density.length).fill(-1);
  for (let start = 0; start < density.length; start++) {
    const path: number[] = [];
    let cell = start;
    while (peak[cell]! < 0) {
      path.push(cell);
      const next = highestAround(density, cell);
      if (next === cell) peak[cell] = cell;
      cell = next;
    }
    for (const passed of path) peak[passed] = peak[cell]!;
  }
  return peak;
}

function highestAround(density: Float32Array, cell: number): number {
  const [column, line] = [cell % CELLS, (cell / CELLS) | 0];
  let best = cell;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [x, y] = [column + dx, line + dy];
      if (x < 0 || y < 0 || x >= CELLS || y >= CELLS) continue;
      if (density[y * CELLS + x]! > density[best]!) best = y * CELLS + x;
    }
  }
  return best;
}
