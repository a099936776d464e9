/** What the build wrote in: every file of the app by its path below the app's folder. */
declare const __BUILD__: string;
declare const __SHELL_FILES__: Record<string, string>;
declare const __BIG_FILES__: Record<string, BigFile>;

export interface BigFile {
  /** Hex. */
  sha256: string;
  size: number;
}

/** Hash of everything this build was made from. */
export const BUILD = __BUILD__;
/** Path → `sha256-…` integrity. Small files that are kept from the start. */
export const SHELL: ReadonlyMap<string, string> = new Map(Object.entries(__SHELL_FILES__));
/** Models and runtime: kept once used. */
export const BIG: ReadonlyMap<string, BigFile> = new Map(Object.entries(__BIG_FILES__));
