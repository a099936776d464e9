import { type Palette, readPalette, watchPalette } from '../core/palette.ts';
import { draw } from './draw.ts';
import type { Scene } from './scene.ts';
import { moveBy, pointAt, type Size, showAll, type Viewport, zoomAt } from './viewport.ts';

export interface PlaneEvents {
  /** The note under the pointer, or in the middle while keys move the map; null for none. */
  onPoint(note: number | null, x: number, y: number, byKey: boolean): void;
  onOpen(note: number): void;
}

/** How near a mouse must come to a point, CSS px … */
const REACH = 14;
/** … and a finger. */
const FINGER_REACH = 24;
/** A pointer that moved less than this has clicked, CSS px. */
const STILL = 5;
/** Factor of one press of + or −. */
const KEY_ZOOM = 1.4;
/** Distance of one press of an arrow key, of the smaller side. */
const KEY_MOVE = 0.15;
/** Device pixels drawn for a CSS pixel at most. */
const MOST_DPR = 2;

/** The canvas of the map: draws when something changed, and turns gestures into views. */
export class Plane {
  readonly #canvas: HTMLCanvasElement;
  readonly #events: PlaneEvents;
  readonly #stops: (() => void)[] = [];
  readonly #fingers = new Map<number, { x: number; y: number }>();
  #palette: Palette;
  #scene: Scene | null = null;
  #hits: Uint8Array | null = null;
  #size: Size = { width: 0, height: 0 };
  /** null until it is drawn: all of it is shown then. */
  #view: Viewport | null = null;
  /** Whether the person chose the view: it stays then, whatever the size and the map become. */
  #chosen = false;
  #whole = 1;
  #pointed = -1;
  #frame = 0;
  #moved = 0;

  constructor(canvas: HTMLCanvasElement, events: PlaneEvents) {
    this.#canvas = canvas;
    this.#events = events;
    this.#palette = readPalette(canvas);
    const listen = <K extends keyof HTMLElementEventMap>(
      type: K,
      heard: (event: HTMLElementEventMap[K]) => void,
      options?: AddEventListenerOptions,
    ) => {
      canvas.addEventListener(type, heard, options);
      this.#stops.push(() => canvas.removeEventListener(type, heard, options));
    };
    listen('wheel', (event) => this.#wheel(event), { passive: false });
    listen('pointerdown', (event) => this.#down(event));
    listen('pointermove', (event) => this.#move(event));
    listen('pointerup', (event) => this.#up(event));
    listen('pointercancel', (event) => void this.#fingers.delete(event.pointerId));
    listen('pointerleave', () => this.#point(-1, 0, 0));
    listen('keydown', (event) => this.#key(event));
    listen('blur', () => this.#point(-1, 0, 0));
    const sizes = new ResizeObserver(() => this.#resize());
    sizes.observe(canvas);
    this.#stops.push(
      () => sizes.disconnect(),
      watchPalette(() => {
        this.#palette = readPalette(canvas);
        this.#later();
      }),
    );
    this.#resize();
  }

  /** Another map, or its notes changed. */
  show(scene: Scene): void {
    this.#scene = scene;
    if (!this.#chosen) this.#view = null;
    this.#pointed = -1;
    this.#whole = showAll(scene.xy, this.#size).scale;
    this.#later();
  }

  /** Lights these notes of the scene. */
  light(hits: Uint8Array | null): void {
    this.#hits = hits;
    this.#later();
  }

  /** About the middle. @param factor over 1 comes nearer */
  zoom(factor: number): void {
    const { width, height } = this.#size;
    this.#zoomAt(factor, width / 2, height / 2);
  }

  /** Shows every note, until the person moves the view. */
  all(): void {
    this.#chosen = false;
    this.#view = this.#scene && showAll(this.#scene.xy, this.#size);
    this.#later();
  }

  /** Removes listeners and observers; nothing is drawn after. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const ratio = Math.min(devicePixelRatio || 1, MOST_DPR);
    const before = this.#size;
    this.#size = { width, height };
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.#scene) this.#whole = showAll(this.#scene.xy, this.#size).scale;
    if (!this.#chosen) this.#view = null;
    else if (this.#view && before.width > 0) {
      this.#view = moveBy(this.#view, (width - before.width) / 2, (height - before.height) / 2);
    }
    this.#draw();
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const ctx = this.#canvas.getContext('2d');
    const scene = this.#scene;
    if (!ctx || !scene || this.#size.width === 0) return;
    this.#view ??= showAll(scene.xy, this.#size);
    draw(ctx, {
      scene,
      view: this.#view,
      size: this.#size,
      whole: this.#whole,
      palette: this.#palette,
      hits: this.#hits,
      pointed: this.#pointed,
    });
  }

  #zoomAt(factor: number, x: number, y: number): void {
    if (!this.#view) return;
    this.#chosen = true;
    this.#view = zoomAt(this.#view, factor, x, y, this.#whole);
    this.#later();
  }

  #moveBy(dx: number, dy: number): void {
    if (!this.#view) return;
    this.#chosen = true;
    this.#view = moveBy(this.#view, dx, dy);
    this.#later();
  }

  /** The note at a place on the canvas becomes the one that is named. */
  #point(note: number, x: number, y: number, byKey = false): void {
    if (note === this.#pointed) return;
    this.#pointed = note;
    this.#events.onPoint(note < 0 ? null : note, x, y, byKey);
    this.#later();
  }

  #pointAt(x: number, y: number, reach: number, byKey = false): void {
    if (!this.#scene || !this.#view) return;
    const { xy } = this.#scene;
    const note = pointAt(xy, this.#view, x, y, reach);
    const { scale, x: left, y: top } = this.#view;
    this.#point(
      note,
      (xy[2 * note] ?? 0) * scale + left,
      (xy[2 * note + 1] ?? 0) * scale + top,
      byKey,
    );
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    // A pinch on a touch pad comes as a wheel with Ctrl, in small steps.
    const speed = event.ctrlKey ? 0.01 : 0.002;
    const by = Math.max(-1, Math.min(1, event.deltaY * lines * speed));
    this.#point(-1, 0, 0);
    this.#zoomAt(Math.exp(-by), event.offsetX, event.offsetY);
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    if (this.#fingers.size === 0) this.#moved = 0;
    this.#fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  }

  #move(event: PointerEvent): void {
    const before = this.#fingers.get(event.pointerId);
    const now = { x: event.offsetX, y: event.offsetY };
    if (!before) {
      if (event.pointerType !== 'touch') this.#pointAt(now.x, now.y, REACH);
      return;
    }
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, now);
    this.#moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.#moved < STILL) return;
    this.#point(-1, 0, 0);
    if (!other) {
      this.#moveBy(now.x - before.x, now.y - before.y);
      return;
    }
    // Two fingers: what lies between them stays between them.
    const apart = (finger: { x: number; y: number }) =>
      Math.max(1, Math.hypot(finger.x - other.x, finger.y - other.y));
    this.#moveBy((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.#zoomAt(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  #up(event: PointerEvent): void {
    const known = this.#fingers.delete(event.pointerId);
    if (!known || this.#moved >= STILL || this.#fingers.size > 0) return;
    const reach = event.pointerType === 'touch' ? FINGER_REACH : REACH;
    this.#pointAt(event.offsetX, event.offsetY, reach);
    this.#openPointed();
  }

  #openPointed(): void {
    if (this.#pointed >= 0) this.#events.onOpen(this.#pointed);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = KEY_MOVE * Math.min(this.#size.width, this.#size.height);
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.#moveBy(step, 0),
      ArrowRight: () => this.#moveBy(-step, 0),
      ArrowUp: () => this.#moveBy(0, step),
      ArrowDown: () => this.#moveBy(0, -step),
      '+': () => this.zoom(KEY_ZOOM),
      '=': () => this.zoom(KEY_ZOOM),
      '-': () => this.zoom(1 / KEY_ZOOM),
      '0': () => this.all(),
    };
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#openPointed();
      return;
    }
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    // Keys have no pointer: the note nearest to the middle is the one named.
    const { width, height } = this.#size;
    this.#pointAt(width / 2, height / 2, Math.hypot(width, height), true);
  }
}
