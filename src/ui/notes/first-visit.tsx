import { useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { pageHref } from '../core/router.ts';
import { newNote } from '../editor/new-note.ts';
import { DeletedLink } from './deleted-link.tsx';
import { W } from './words.ts';

/** What is offered while there is no note. */
export function FirstVisit() {
  const ctx = useApp();
  const [adding, setAdding] = useState(false);
  const add = async () => {
    setAdding(true);
    const { addSamples } = await import('./samples/samples.ts');
    await addSamples(ctx);
    setAdding(false);
  };
  return (
    <div class="first-visit">
      <img src="./icons/icon.svg" width="72" height="72" alt="" />
      <h1>{W.firstTitle}</h1>
      <p>{W.firstPromise}</p>
      <p class="ways">
        <button type="button" class="button primary" onClick={() => newNote(ctx)}>
          {W.firstWrite}
        </button>
        <a class="button" href={pageHref('import')}>
          {W.firstImport}
        </a>
        <button type="button" class="button" disabled={adding} onClick={add}>
          {adding ? W.addingSamples : W.addSamples}
        </button>
      </p>
      <p class="quiet">{W.firstDrop}</p>
      <DeletedLink />
    </div>
  );
}
