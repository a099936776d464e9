/** What the app logs, and unhandled rejections: kept, and shown where a test fails. */
const KEPT = 60;
const lines: string[] = [];
const unhandled: string[] = [];

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
    add(`unhandled: ${tell(reason)}`);
    if (!OF_STORAGE.test(tell(reason))) {
      unhandled.push(reason instanceof Error ? (reason.stack ?? tell(reason)) : tell(reason));
    }
  });
}

/** Begins anew. */
export function clearLog(): void {
  lines.length = 0;
  unhandled.length = 0;
}

export const logged = (): readonly string[] => lines;
/** Failures that nobody dealt with, other than of aborted transactions. */
export const unhandledRejections = (): readonly string[] => unhandled;
