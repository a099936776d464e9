import { CLUSTER_COLOURS, type Palette } from '../core/palette.ts';
import type { Scene } from './scene.ts';
import type { Size, Viewport } from './viewport.ts';

export interface Drawn {
  scene: Scene;
  view: Viewport;
  size: Size;
  /** Of `showAll`: points grow a little as one comes nearer. */
  whole: number;
  palette: Palette;
  /** By note: whether the search hits it; null without a search. */
  hits: Uint8Array | null;
  /** The note under the pointer, or −1. */
  pointed: number;
}

/** Points in sight from which on they are drawn as squares, in a third of the time of circles. */
const SQUARES_FROM = 2_500;
/** Height of a label's letters, CSS px. */
const LABEL_PX = 13;

/** One frame, in CSS px; the context is scaled to the device's already. */
export function draw(ctx: CanvasRenderingContext2D, drawn: Drawn): void {
  const { scene, view, size, palette, hits, pointed } = drawn;
  const { xy, starts } = scene;
  ctx.clearRect(0, 0, size.width, size.height);
  const radius = radiusOf(drawn);
  const squares = scene.notes.length >= SQUARES_FROM;
  for (let c = 0; c < scene.clusters.length; c++) {
    ctx.fillStyle = hits ? palette.dim : palette.clusters[c % CLUSTER_COLOURS]!;
    points(ctx, drawn, starts[c]!, starts[c + 1]!, radius, squares);
  }
  if (hits) {
    ctx.fillStyle = palette.hit;
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 1.5;
    for (let i = 0; i < hits.length; i++) {
      if (hits[i]) dot(ctx, xy, view, i, Math.max(5, radius + 2));
    }
  }
  if (pointed >= 0) {
    ctx.fillStyle = palette.surface;
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 2;
    dot(ctx, xy, view, pointed, radius + 3);
  }
  labels(ctx, drawn);
}

function radiusOf({ scene, view, whole }: Drawn): number {
  const few = Math.min(5, Math.max(1.5, 60 / Math.sqrt(scene.notes.length + 1)));
  return Math.min(9, few * Math.max(1, (view.scale / whole) ** 0.4));
}

function points(
  ctx: CanvasRenderingContext2D,
  { scene: { xy }, view, size }: Drawn,
  from: number,
  to: number,
  radius: number,
  squares: boolean,
): void {
  const { scale, x: left, y: top } = view;
  const [right, bottom] = [size.width + radius, size.height + radius];
  if (!squares) ctx.beginPath();
  for (let i = from; i < to; i++) {
    const x = xy[2 * i]! * scale + left;
    const y = xy[2 * i + 1]! * scale + top;
    if (x < -radius || y < -radius || x > right || y > bottom) continue;
    if (squares) ctx.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  if (!squares) ctx.fill();
}

function dot(
  ctx: CanvasRenderingContext2D,
  xy: Float32Array,
  { scale, x, y }: Viewport,
  i: number,
  radius: number,
): void {
  ctx.beginPath();
  ctx.arc(xy[2 * i]! * scale + x, xy[2 * i + 1]! * scale + y, radius, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
}

/** Where two would meet, the one of the larger cluster is shown. */
function labels(ctx: CanvasRenderingContext2D, { scene, view, size, palette }: Drawn): void {
  ctx.font = `600 ${LABEL_PX}px ${palette.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = palette.surface;
  ctx.fillStyle = palette.ink;
  const taken: { x: number; y: number; half: number }[] = [];
  scene.clusters.forEach(({ label, x, y }, c) => {
    if (scene.starts[c] === scene.starts[c + 1]) return;
    const half = ctx.measureText(label).width / 2 + 4;
    const py = y * view.scale + view.y;
    const free = x * view.scale + view.x;
    if (py < 0 || py > size.height || free < -half || free > size.width + half) return;
    // Whole, where there is room for it.
    const px = Math.min(Math.max(free, half), Math.max(half, size.width - half));
    const meets = taken.some(
      (other) =>
        Math.abs(other.y - py) < 1.5 * LABEL_PX && Math.abs(other.x - px) < other.half + half,
    );
    if (meets) return;
    taken.push({ x: px, y: py, half });
    ctx.strokeText(label, px, py);
    ctx.fillText(label, px, py);
  });
}
