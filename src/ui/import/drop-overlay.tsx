import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { go, pageHref } from '../core/router.ts';
import { L } from './drop-words.ts';
import { carriesFiles, fromDrop, handlesOfDrop } from './picked.ts';
import './drop-overlay.css';

/** Files and folders may be dropped anywhere in the window. */
export function DropOverlay() {
  const ctx = useApp();
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Enter and leave come for every element on the way.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth++;
      setOver(true);
    };
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      const picked = fromDrop(event.dataTransfer);
      const handles = handlesOfDrop(event.dataTransfer);
      go(pageHref('import'));
      void import('./run.ts').then(({ runImport }) => runImport(ctx, picked, handles));
    };
    addEventListener('dragenter', enter);
    addEventListener('dragover', hover);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragover', hover);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [ctx]);
  return over ? (
    <div class="drop-overlay" aria-hidden="true">
      <p>{L.dropHere}</p>
    </div>
  ) : null;
}
