/** How the system opens the app: by a shortcut, with files, or with something shared. */

import { sharedCache } from '../../../protocol.ts';
import type { AppContext } from '../../core/context.ts';
import { errorText } from '../../core/errors-text.ts';
import { go, noteHref, pageHref } from '../../core/router.ts';
import { toast } from '../../core/toasts.tsx';
import { newNote } from '../../editor/new-note.ts';
import { openToday } from '../../notes/daily.ts';
import { searchOpen } from '../../search/search-open.ts';
import { W } from '../words.ts';

/** What the address of a launch may ask for. */
const STARTS = ['new', 'search', 'today', 'share-failed'] as const;
export type Start = (typeof STARTS)[number];

/** What an address asks to begin with, as the manifest's shortcuts have it; null for nothing. */
export function startOf(href: string): Start | null {
  const wanted = URL.canParse(href) ? new URL(href).searchParams.get('start') : null;
  return STARTS.find((start) => start === wanted) ?? null;
}

/** TypeScript's DOM does not know it yet. */
interface Launch {
  readonly targetURL?: string;
  readonly files?: readonly FileSystemHandle[];
}
interface LaunchQueue {
  setConsumer(consumer: (launch: Launch) => void): void;
}

/**
 * A launch that opened this page is told twice: by its address, and by the queue, within this, ms.
 */
const OPENING_MS = 5_000;
/** Of notes made of opened files. */
const FOLDER = 'Opened files';

/** The workspace that is shown; launches wait while there is none. */
let shown: AppContext | null = null;
const waiting: ((ctx: AppContext) => Promise<void>)[] = [];
let opened: string | null = null;

/** Heeds launches for the workspace shown; the function it gives ends that. */
export function watchLaunches(ctx: AppContext): () => void {
  shown = ctx;
  if (opened === null) {
    opened = location.href;
    begin(opened);
    const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
    queue?.setConsumer(onLaunch);
  }
  drain();
  void takeShared(ctx);
  return () => {
    shown = null;
  };
}

function onLaunch({ targetURL, files = [] }: Launch): void {
  const again = targetURL === opened && performance.now() < OPENING_MS;
  if (targetURL && !again) begin(targetURL);
  const picked = files.filter((handle): handle is FileSystemFileHandle => handle.kind === 'file');
  if (picked.length > 0) waiting.push((ctx) => takeOpened(ctx, picked));
  // An app that was only brought to the front may have been sent something too.
  waiting.push(takeShared);
  drain();
}

function begin(href: string): void {
  const start = startOf(href);
  if (!start) return;
  if (startOf(location.href)) {
    // Reloaded, it is not begun again.
    history.replaceState(history.state, '', location.pathname + location.hash);
  }
  waiting.push(async (ctx) => {
    if (start === 'search') searchOpen.value = true;
    else if (start === 'new') newNote(ctx);
    else if (start === 'today') await openToday(ctx);
    else toast(W.shareFailed);
  });
}

function drain(): void {
  while (shown && waiting.length > 0) void waiting.shift()?.(shown);
}

async function takeShared(ctx: AppContext): Promise<void> {
  const name = sharedCache(new URL('./', document.baseURI).pathname);
  // Mostly there is none, and the code for it is not fetched.
  const some = async () =>
    (await caches.has(name)) && (await (await caches.open(name)).keys()).length > 0;
  if (!globalThis.caches || !(await some().catch(() => false))) return;
  const { takeShared: take, sharedKept } = await import('./take-shared.ts');
  show(await take(ctx, name), sharedKept);
}

async function takeOpened(ctx: AppContext, handles: FileSystemFileHandle[]): Promise<void> {
  const { takeFiles, openedKept } = await import('./take-files.ts');
  try {
    const files = await Promise.all(handles.map((handle) => handle.getFile()));
    show(await takeFiles(ctx, files, FOLDER), openedKept);
  } catch (thrown) {
    toast(errorText(thrown));
  }
}

function show(ids: readonly string[], said: (total: number) => string): void {
  if (ids.length === 0) return;
  toast(said(ids.length));
  go(ids.length === 1 ? noteHref(ids[0]!) : pageHref('notes'));
}
