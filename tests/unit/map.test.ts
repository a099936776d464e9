import { describe, expect, it } from 'vitest';
import { mapHref, parseRoute } from '../../src/ui/core/router.ts';
import { moveBy, pointAt, showAll, zoomAt } from '../../src/ui/map/viewport.ts';
import { cluster, MOST_CLUSTERS } from '../../src/worker/map/clusters.ts';
import { labelTerms, labelWords, tagCounts } from '../../src/worker/map/labels.ts';
import { layOut } from '../../src/worker/map/layout.ts';
import { nearest } from '../../src/worker/map/neighbours.ts';
import { seeded } from '../../src/worker/map/seeded.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import { clusteredVectors, exactNearest } from '../support/vectors.ts';

const DIMENSIONS = 32;
/** Two heaps that have nothing in common, one after the other. */
function twoHeaps(each: number): Float32Array {
  const random = seeded(3);
  const rows = Array.from({ length: 2 * each }, (_, row) => {
    const vector = Float32Array.from({ length: DIMENSIONS }, () => 0.3 * (random() - 0.5));
    vector[row < each ? 0 : 1] = 1;
    const length = Math.hypot(...vector);
    return [...vector].map((x) => x / length);
  });
  return Float32Array.from(rows.flat());
}
const unplaced = (notes: number) => new Float32Array(2 * notes).fill(Number.NaN);

describe('nearest', () => {
  it('gives the exact neighbours, nearest first, itself before all', () => {
    const rows = clusteredVectors({ count: 200, dimensions: DIMENSIONS, seed: 1 });
    const all = rows.map((_, i) => i);
    const flat = Float32Array.from(rows.flatMap((row) => [...row]));
    const { ids, distances } = nearest(flat, DIMENSIONS, [7, 150], all, 5);
    expect([...ids.subarray(0, 5)]).toEqual(exactNearest(rows, rows[7]!, 5));
    expect([...ids.subarray(5)]).toEqual(exactNearest(rows, rows[150]!, 5));
    expect(distances[0]).toBeCloseTo(0, 3);
    expect(distances[1]).toBeLessThanOrEqual(distances[2]!);
  });
});

describe('layOut', () => {
  const job = { vectors: twoHeaps(60), dimensions: DIMENSIONS, fit: true };
  const middleOf = (xy: Float32Array, from: number, to: number) => {
    let [x, y] = [0, 0];
    for (let i = from; i < to; i++) {
      x += xy[2 * i]! / (to - from);
      y += xy[2 * i + 1]! / (to - from);
    }
    return [x, y] as const;
  };

  it('keeps heaps apart, and is the same each time', () => {
    const shares: number[] = [];
    const xy = layOut({ ...job, former: unplaced(120) }, (share) => shares.push(share));
    const [a, b] = [middleOf(xy, 0, 60), middleOf(xy, 60, 120)];
    const apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
    for (let i = 0; i < 120; i++) {
      const own = i < 60 ? a : b;
      expect(Math.hypot(xy[2 * i]! - own[0], xy[2 * i + 1]! - own[1])).toBeLessThan(apart / 2);
    }
    expect(layOut({ ...job, former: unplaced(120) }, () => {})).toEqual(xy);
    expect(shares.every((share, i) => i === 0 || share >= shares[i - 1]!)).toBe(true);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('gives a place to what is new, beside its like, and moves nothing else', () => {
    const before = layOut({ ...job, former: unplaced(120) }, () => {});
    const former = before.slice();
    former.fill(Number.NaN, 2 * 119);
    const after = layOut({ ...job, former, fit: false }, () => {});
    expect(after.subarray(0, 2 * 119)).toEqual(before.subarray(0, 2 * 119));
    const [x, y] = middleOf(before, 60, 119);
    const [otherX, otherY] = middleOf(before, 0, 60);
    const [newX, newY] = [after[238]!, after[239]!];
    expect(Math.hypot(newX - x, newY - y)).toBeLessThan(Math.hypot(newX - otherX, newY - otherY));
  });

  it.each([0, 1, 2, 7])('does with %i notes what can be done', (notes) => {
    const vectors = twoHeaps(4).slice(0, notes * DIMENSIONS);
    const xy = layOut({ ...job, vectors, former: unplaced(notes) }, () => {});
    expect(xy).toHaveLength(2 * notes);
    expect(xy.every(Number.isFinite)).toBe(true);
  });
});

describe('cluster', () => {
  it('finds the heaps that one sees, largest first', () => {
    const random = seeded(5);
    const heap = (x: number, y: number, size: number) =>
      Array.from({ length: size }, () => [x + random() - 0.5, y + random() - 0.5]);
    const xy = Float32Array.from([...heap(0, 0, 40), ...heap(9, 0, 80), ...heap(4, 8, 20)].flat());
    const { of, list } = cluster(xy);
    expect(list.map(({ size }) => size)).toEqual([80, 40, 20]);
    expect(of[0]).toBe(1);
    expect(of[40]).toBe(0);
    expect(of[139]).toBe(2);
    expect(list[0]!.x).toBeCloseTo(9, 0);
  });

  it('never makes more than can be named, and bears a single point', () => {
    const random = seeded(6);
    const scattered = Float32Array.from({ length: 4_000 }, () => 100 * random());
    expect(cluster(scattered).list.length).toBeLessThanOrEqual(MOST_CLUSTERS);
    expect(cluster(new Float32Array([3, 4])).list).toEqual([{ x: 3, y: 4, size: 1 }]);
    expect(cluster(new Float32Array()).list).toEqual([]);
  });
});

describe('labels', () => {
  it('names a group by the words that are its own', () => {
    const index = new KeywordIndex();
    const groups: Record<string, number> = {};
    const note = (id: string, group: number, title: string, text: string) => {
      index.set({ id, title, text });
      groups[id] = group;
    };
    for (let i = 0; i < 6; i++) {
      note(`g${i}`, 0, `Tomatoes ${i}`, 'In the garden we water this and that every week.');
      note(`b${i}`, 1, `Boiler ${i}`, 'The heating makes this noise every week.');
    }
    const terms = labelTerms(
      index.termsByGroup(2, (id) => groups[id]),
      [6, 6],
    );
    const words = index.wordsOf(new Set(terms.flat()));
    expect(words.get(terms[0]![0]!)).toBe('tomatoes');
    expect(words.get(terms[1]![0]!)).toBe('boiler');
    expect(terms[0]!.map((term) => words.get(term))).toContain('garden');
    expect(terms.flat().map((term) => words.get(term))).not.toContain('the');
  });
});

describe('tags as labels', () => {
  it('come before words, once each, and words of every note do not come at all', () => {
    const index = new KeywordIndex();
    const groups = new Map<string, number>();
    const tags: Record<string, string[]> = {};
    const note = (id: string, group: number, tag: string, text: string) => {
      index.set({ id, title: `Notes of the day ${id}`, text });
      groups.set(id, group);
      tags[id] = [tag];
    };
    for (let i = 0; i < 4; i++) {
      note(`k${i}`, 0, 'Kitchen', 'Bake the loaf in the kitchen, first on a good day.');
      note(`w${i}`, 1, 'work', 'The standup is on time next week.');
    }
    const terms = labelTerms(
      [
        ...tagCounts((id) => tags[id]!, groups, 2),
        ...index.termsByGroup(2, (id) => groups.get(id)),
      ],
      [4, 4],
    );
    const words = index.wordsOf(new Set(terms.flat()));
    const [kitchen, work] = terms.map((some) => labelWords(some, words));
    expect(kitchen![0]).toBe('Kitchen');
    expect(kitchen!.slice(1).sort()).toEqual(['bake', 'loaf']);
    expect(work!.slice(0, 2)).toEqual(['work', 'standup']);
    expect([...kitchen!, ...work!]).not.toContain('day');
  });
});

describe('the view of the map', () => {
  const size = { width: 800, height: 600 };
  const xy = Float32Array.from([-5, 0, 5, 0, 0, 3]);

  it('shows all, zooms about a place, and finds what is near it', () => {
    const view = showAll(xy, size);
    expect(pointAt(xy, view, 45, 195, 10)).toBe(0);
    expect(pointAt(xy, view, 400, 300, 5)).toBe(-1);
    const nearer = zoomAt(view, 2, 100, 100, view.scale);
    expect(nearer.scale).toBe(2 * view.scale);
    expect((100 - nearer.x) / nearer.scale).toBeCloseTo((100 - view.x) / view.scale);
    expect(zoomAt(view, 1e9, 0, 0, view.scale).scale).toBe(60 * view.scale);
    expect(moveBy(view, 3, 4)).toMatchObject({ x: view.x + 3, y: view.y + 4 });
  });

  it('bears one place for all, and none', () => {
    for (const places of [Float32Array.from([2, 2, 2, 2]), new Float32Array()]) {
      expect(Object.values(showAll(places, size)).every(Number.isFinite)).toBe(true);
    }
  });

  it('stands in the address', () => {
    const choice = { query: 'a & b?', list: true };
    expect(parseRoute(mapHref(choice))).toEqual({ page: 'map', map: choice });
    expect(parseRoute(mapHref({}))).toEqual({ page: 'map' });
  });
});
