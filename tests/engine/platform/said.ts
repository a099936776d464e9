/** What the app logs, and the promises that it lets fail unheard: kept, and shown where a test fails. */
const KEPT = 60;
const lines: string[] = [];
const unheard: string[] = [];

const tell = (what: unknown): string =>
  what instanceof Error ? `${what.name}: ${what.message}` : String(what);

function add(line: string): void {
  lines.push(line.slice(0, 300));
  if (lines.length > KEPT) lines.shift();
}

/** Those of the browser's storage: a request of a transaction that was aborted. */
const OF_STORAGE = /^(AbortError|QuotaExceededError|UnknownError|InvalidStateError)/;

export function listen(): void {
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...what: unknown[]) => add(`${level}: ${what.map(tell).join(' ')}`);
  }
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => {
    add(`unheard: ${tell(reason)}`);
    if (!OF_STORAGE.test(tell(reason))) {
      unheard.push(reason instanceof Error ? (reason.stack ?? tell(reason)) : tell(reason));
    }
  });
}

/** Begins anew. */
export function hush(): void {
  lines.length = 0;
  unheard.length = 0;
}

export const said = (): readonly string[] => lines;
/** Failures that nobody dealt with, other than of aborted transactions. */
export const unheardOf = (): readonly string[] => unheard;
