/**
 * THE table of the engine's settings: what a person sets for a workspace and every worker follows.
 * Each is stored in `kv` under its own name. Which model and device, and whether indexing is paused,
 * are set by verbs of their own.
 */

/** How hard to index: all the time, at most half of it, or only while nobody uses the app. */
export type Effort = 'full' | 'gentle' | 'idle';

export interface EngineSettings {
  effort: Effort;
}

/** As they are where nothing was set. */
export const USUAL_SETTINGS: Readonly<EngineSettings> = { effort: 'full' };
