/** A stop that can be lifted: work that is to be paused waits at it. */
export interface Pause {
  hold(): void;
  lift(): void;
  /** Settles at once while nothing is held, else when it is lifted. */
  passed(): Promise<void>;
}

/** A pause that work under way awaits at `passed`; not held at first. */
export function createPause(): Pause {
  let held: { lifted: Promise<void>; lift(): void } | null = null;
  return {
    hold() {
      if (held) return;
      let lift = () => {};
      const lifted = new Promise<void>((resolve) => {
        lift = resolve;
      });
      held = { lifted, lift };
    },
    lift() {
      held?.lift();
      held = null;
    },
    async passed() {
      // It may be held again before those who waited have gone on.
      while (held) await held.lifted;
    },
  };
}
