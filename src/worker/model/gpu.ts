/** The graphics processor that the runtime uses, and its end. */

/** How long after an inference failed its device may still be reported lost, ms. */
const TOLD_WITHIN_MS = 1_000;
/** How often it is looked whether the runtime has its device yet, ms. */
const LOOK_EVERY_MS = 100;

let tell: (why: unknown) => void = () => {};
let told = false;
let lost: Promise<unknown> = new Promise(() => {});

/** Called, once, when it is gone, or cannot be used. */
export function whenGpuLost(run: (why: unknown) => void): void {
  tell = run;
}

/** Never settles: this worker is about to be replaced, and nothing is wrong with what was asked. */
export function loseGpu(why: unknown): Promise<never> {
  if (!told) {
    told = true;
    console.warn('WebGPU is of no use any more', why);
    tell(why);
  }
  return new Promise(() => {});
}

/** @param find the runtime's own, once it has one: it is lost while it loads a model, too */
export function watchGpu(find: () => GpuDevice | undefined): void {
  const device = find();
  if (!device) setTimeout(() => watchGpu(find), LOOK_EVERY_MS);
  else {
    lost = Promise.resolve(device).then((found) => found.lost);
    void lost.then(loseGpu);
  }
}

type Lost = { lost: Promise<unknown> };
type GpuDevice = Lost | Promise<Lost>;

/** Whether that is why an inference failed. */
export const gpuIsLost = (): Promise<boolean> =>
  Promise.race([
    lost.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), TOLD_WITHIN_MS)),
  ]);
