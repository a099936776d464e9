/**
 * The install check of a model: what it is worth is found out before anything is indexed with it.
 */
import { toFindlingError } from '../../errors.ts';
import type { ModelFault, ModelReport } from '../../protocol.ts';
import type { Embedder } from '../embedder.ts';
import type { ModelSpec } from '../model/models.ts';
import { unknownOperator } from '../model/operators.ts';
import { type Calibration, calibrate, separationOf } from '../search/calibration.ts';
import { calibrationRows } from '../search/calibration-rows.ts';
import { PROBE_TEXTS } from './probe-texts.ts';
import { msPerPassage } from './timing.ts';
import { agreement, farthest } from './vectors.ts';

export interface ModelCheckDeps {
  spec: Pick<ModelSpec, 'dimensions' | 'single'>;
  load(): Promise<Embedder>;
  ticks(): number;
  /** Bytes of the runtime's memory. */
  heap(): number;
}
export interface CheckedModel {
  report: ModelReport;
  /** null for a model that is refused. */
  calibration: Calibration | null;
}

/** Difference of a component between alone and in a batch that counts as rounding. */
const SAME = 1e-3;
/**
 * Least cosine between a text alone and in a batch: below it the model is refused, as its
 * quantisation is too coarse.
 */
const LEAST_ALIKE = 0.995;
/** Tolerance of a vector's length, and of one text embedded twice. */
const EXACT = 1e-3;
/**
 * Separation, standard deviations, below which a model counts as vague; the built-in one has 4.9.
 */
const LEAST_SEPARATION = 1.5;
/** Difference between two mean cosines that counts as none. */
const NONE = 1e-4;
/** Texts embedded a second time. */
const REPEATED = 4;

/** @throws nothing on the model's account: that is in the report */
export async function checkModel(deps: ModelCheckDeps): Promise<CheckedModel> {
  const report: ModelReport = {
    fault: null,
    detail: '',
    single: deps.spec.single ?? false,
    dimensions: deps.spec.dimensions,
    separation: 0,
    vague: false,
    ms: 0,
    memoryBytes: 0,
  };
  try {
    const calibration = await examine(deps, report);
    return { report, calibration: report.fault ? null : calibration };
  } catch (thrown) {
    console.warn('the model did not pass its check', thrown, (thrown as Error)?.cause);
    return { report: { ...report, ...faultOf(thrown) }, calibration: null };
  }
}

async function examine(
  { load, ticks, heap }: ModelCheckDeps,
  report: ModelReport,
): Promise<Calibration> {
  const embedder = await load();
  const rows = await calibrationRows(embedder);
  const calibration = calibrate(rows);
  const refuse = (fault: ModelFault, detail = ''): Calibration => {
    Object.assign(report, { fault, detail });
    return calibration;
  };
  if (rows.some((row) => Math.abs(Math.hypot(...row) - 1) > EXACT)) return refuse('numbers');

  const alone = await embedEach(embedder, PROBE_TEXTS);
  const again = await embedEach(embedder, PROBE_TEXTS.slice(0, REPEATED));
  if (farthest(alone.slice(0, REPEATED), again) > EXACT) return refuse('unsteady');

  const { dimensions } = embedder.spec;
  const flat = await embedder.embed(PROBE_TEXTS.map((text) => embedder.encode(text, 'passage')));
  const together = alone.map((_, i) => flat.subarray(i * dimensions, (i + 1) * dimensions));
  if (farthest(alone, together) > SAME) {
    const alike = agreement(alone, together);
    if (alike < LEAST_ALIKE) return refuse('batch', alike.toFixed(3));
    report.single = true;
  }

  const { similar, unrelated } = calibration;
  const apart = similar.mean - unrelated.mean > NONE;
  report.separation = apart ? separationOf(similar, unrelated) : 0;
  report.vague = report.separation < LEAST_SEPARATION;
  report.ms = await msPerPassage(embedder, ticks, report.single);
  report.memoryBytes = heap();
  return calibration;
}

async function embedEach(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const text of texts) {
    rows.push((await embedder.embed([embedder.encode(text, 'passage')])).slice());
  }
  return rows;
}

function faultOf(thrown: unknown): Pick<ModelReport, 'fault' | 'detail'> {
  const { code, message, cause } = toFindlingError(thrown);
  if (code === 'model-operator') {
    return { fault: 'operator', detail: unknownOperator(cause) ?? '' };
  }
  if (code === 'model-shape') return { fault: 'shape', detail: message };
  if (code === 'inference-failed') return { fault: 'numbers', detail: '' };
  return { fault: 'load', detail: '' };
}
