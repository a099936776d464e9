import { useEffect, useState } from 'preact/hooks';
import type { StoredSizes } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { bytes } from '../core/format.ts';
import { W } from './words.ts';

export interface StorageByKind extends StoredSizes {
  /** The app's files, the model and the runtime, and imported models; null where it is not told. */
  caches: number | null;
  /** All that the browser counts for this origin; null where it does not tell. */
  usage: number | null;
  /** The browser will not clear it by itself. */
  persisted: boolean;
}

/** Looked at once the page has its numbers, and again when an indexing run has ended. */
export function useStorageByKind(ready: boolean): StorageByKind | null {
  const { engine } = useApp();
  const [found, setFound] = useState<StorageByKind | null>(null);
  const idle = engine.status.value.state === 'idle';
  useEffect(() => {
    if (!ready) return;
    let here = true;
    Promise.all([engine.storedSizes(), ofBrowser()]).then(
      ([sizes, browser]) => {
        if (here) setFound({ ...sizes, ...browser });
      },
      // Said already by the numbers, which are asked for every second.
      () => {},
    );
    return () => {
      here = false;
    };
  }, [engine, ready, idle]);
  return found;
}

async function ofBrowser(): Promise<Pick<StorageByKind, 'caches' | 'usage' | 'persisted'>> {
  const [estimate, persisted] = await Promise.all([
    navigator.storage?.estimate?.().catch(() => undefined),
    navigator.storage?.persisted?.().catch(() => false),
  ]);
  // Chromium's own addition.
  const details = (estimate as { usageDetails?: { caches?: number } } | undefined)?.usageDetails;
  return {
    caches: details?.caches ?? null,
    usage: estimate?.usage ?? null,
    persisted: persisted ?? false,
  };
}

/** Names and bytes, as they are shown. */
export function storageRows(found: StorageByKind): [name: string, bytes: number][] {
  const kinds = W.storageKinds;
  const rows: [string, number][] = [
    [kinds.notes, found.notes],
    [kinds.passages, found.passages],
    [kinds.keyword, found.keyword],
    [kinds.attachments, found.attachments],
    [kinds.versions, found.versions],
  ];
  if (found.caches !== null) rows.push([kinds.caches, found.caches]);
  if (found.usage !== null) {
    const rest = found.usage - rows.reduce((sum, [, size]) => sum + size, 0);
    // What is packed takes less than was counted: then there is no rest to tell of.
    if (rest > 0) rows.push([found.caches === null ? kinds.restAndCaches : kinds.rest, rest]);
    rows.push([kinds.all, found.usage]);
  }
  return rows;
}

/** Bytes by kind, estimated. */
export function StorageTable({ found }: { found: StorageByKind }) {
  return (
    <section>
      <h2 id="storage-by-kind">{W.storageTitle}</h2>
      <table class="sizes" aria-labelledby="storage-by-kind">
        <tbody>
          {storageRows(found).map(([name, size]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{bytes(size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{W.storageHint}</p>
    </section>
  );
}
