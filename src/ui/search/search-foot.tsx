import { useEffect, useState } from 'preact/hooks';
import type { SearchResponse } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { KEYS } from '../core/shortcuts.ts';
import { statusText } from '../engine/index-status.tsx';
import { W } from './words.ts';

/** Time without a status from the engine after which it is asked, ms. */
const SILENCE_MS = 3_000;

/** @param response the answer to what is asked, null while there is none */
export function SearchFoot({ response }: { response: SearchResponse | null }) {
  return (
    <footer class="search-foot quiet">
      <Progress />
      {response && <Limits {...response} />}
      <span class="keys" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {W.keys.move} <kbd>↵</kbd> {W.keys.open} <kbd>{KEYS.newTab}</kbd>{' '}
        {W.keys.newTab} <kbd>{KEYS.close}</kbd> {W.keys.close}
      </span>
    </footer>
  );
}

/** What keeps this answer from being as good as it will be. */
function Limits({ meaning, loaded, total }: SearchResponse) {
  if (loaded < total) return <span>{W.notAllLoaded(loaded, total)}</span>;
  if (meaning === 'loading') return <span>{W.byWordsOnly}</span>;
  if (meaning === 'unknown') return <span>{W.byWordsUnknown}</span>;
  return meaning === 'none' ? <span>{W.byWordsNoModel}</span> : null;
}

/** Follows the indexing while the dialog is open; gone when there is nothing left to do. */
function Progress() {
  const { engine } = useApp();
  const status = engine.status.value;
  const [stale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    if (status.state !== 'indexing') return;
    const timer = setInterval(() => {
      engine.health().then(
        ({ pending }) => setStale(pending === 0),
        () => {},
      );
    }, SILENCE_MS);
    return () => clearInterval(timer);
  }, [status]);
  return status.state === 'indexing' && !stale ? <span>{statusText(status)}</span> : null;
}
