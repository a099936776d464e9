import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { P } from '../core/page-strings.ts';
import { go, noteHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { L } from './later-words.ts';
import { decideLeftOver, leftOver } from './left-over.ts';
import './decision.css';

/** Text whose workspace another tab deleted before it was saved: kept as notes here, or discarded. */
export function LeftOver() {
  const { notes, engine, newId, workspace } = useApp();
  const left = leftOver.value;
  if (!left) return null;
  const keep = async () => {
    try {
      const ids: string[] = [];
      for (const one of left.texts) {
        const id = newId();
        await notes.save({ id, ...one, baseRevision: 0 });
        ids.push(id);
        // What is kept already is not kept twice, should the next one fail.
        leftOver.value = { ...left, texts: left.texts.slice(ids.length) };
      }
      decideLeftOver(left);
      engine.noteSaved(ids);
      if (ids.length === 1) go(noteHref(ids[0]!));
      toast(L.leftOverKept(ids.length, workspace.name));
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  const discard = () => {
    decideLeftOver(left);
    const bringBack = () => {
      leftOver.value = left;
    };
    toast(P.leftOverDiscarded, { label: S.undo, run: bringBack });
  };
  return (
    <section class="decision" aria-label={L.leftOver}>
      <div>
        <h2>{L.leftOver}</h2>
        <p role="alert">{L.leftOverHint(left.workspace)}</p>
        <ul>
          {left.texts.map(({ title, text }, i) => (
            <li key={i}>
              <strong dir="auto">{shown(title)}</strong>
              <p class="left-over-text" dir="auto">
                {text}
              </p>
            </li>
          ))}
        </ul>
      </div>
      <button type="button" class="button primary" onClick={keep}>
        {L.leftOverKeep(workspace.name)}
      </button>
      <button type="button" class="button" onClick={discard}>
        {L.discard}
      </button>
    </section>
  );
}
