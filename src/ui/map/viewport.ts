/** How the plane lies on the screen: screen = place × scale + (x, y), CSS px. Pure. */
export interface Viewport {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Around all of it, px: points at the edge are not cut, and labels have room. */
const MARGIN = 40;
/** Closest view, of the one that shows everything. */
const MOST_ZOOM = 60;
/** Farthest view, of the same. */
const LEAST_ZOOM = 0.6;

/** @param xy [n][2] @returns the view that shows all of it */
export function showAll(xy: Float32Array, { width, height }: Size): Viewport {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    left = Math.min(left, xy[i]!);
    right = Math.max(right, xy[i]!);
    top = Math.min(top, xy[i + 1]!);
    bottom = Math.max(bottom, xy[i + 1]!);
  }
  if (left > right) return { scale: 1, x: width / 2, y: height / 2 };
  const room = (side: number): number => Math.max(side - 2 * MARGIN, side / 2, 1);
  const scale = Math.min(
    room(width) / Math.max(right - left, 1e-3),
    room(height) / Math.max(bottom - top, 1e-3),
  );
  return {
    scale,
    x: width / 2 - (scale * (left + right)) / 2,
    y: height / 2 - (scale * (top + bottom)) / 2,
  };
}

/**
 * Nearer by `factor`, with what is at (px, py) staying there; `whole` is the scale of `showAll`.
 */
export function zoomAt(
  view: Viewport,
  factor: number,
  px: number,
  py: number,
  whole: number,
): Viewport {
  const scale = Math.min(whole * MOST_ZOOM, Math.max(whole * LEAST_ZOOM, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: px - (px - view.x) * by, y: py - (py - view.y) * by };
}

/** The view moved by so many CSS px. */
export const moveBy = (view: Viewport, dx: number, dy: number): Viewport => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
});

/** The point nearest to (px, py) within `reach` px; −1 where there is none. */
export function pointAt(
  xy: Float32Array,
  view: Viewport,
  px: number,
  py: number,
  reach: number,
): number {
  const [x, y] = [(px - view.x) / view.scale, (py - view.y) / view.scale];
  let best = -1;
  let least = (reach / view.scale) ** 2;
  for (let i = 0; i < xy.length; i += 2) {
    const away = (xy[i]! - x) ** 2 + (xy[i + 1]! - y) ** 2;
    if (away > least) continue;
    least = away;
    best = i / 2;
  }
  return best;
}
