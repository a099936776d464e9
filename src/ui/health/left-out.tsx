import { useEffect, useRef, useState } from 'preact/hooks';
import { totalLeftOut } from '../../markdown/left-out.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { LO } from '../core/left-out-words.ts';
import { noteHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { findLeftOut, type NoteLeftOut } from './find-left-out.ts';
import { W } from './words.ts';

/** Notes shown at most. */
const MOST_NOTES = 100;

const total = (found: readonly NoteLeftOut[]): number =>
  found.reduce((sum, { all }) => sum + totalLeftOut(all), 0);

/** What search leaves out of the notes, looked for when asked: it reads them all. */
export function LeftOutOfSearch() {
  const ctx = useApp();
  const [found, setFound] = useState<NoteLeftOut[] | null>(null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const look = async () => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    const all: NoteLeftOut[] = [];
    try {
      const told = (done: number, of: number) => setSaid(W.readSoFar(done, of));
      for await (const one of findLeftOut(ctx, controller.signal, told)) all.push(one);
      all.sort((a, b) => totalLeftOut(b.all) - totalLeftOut(a.all));
      setFound(all);
      const result = all.length > 0 ? W.leftOut(all.length, total(all)) : W.nothingLeftOut;
      setSaid(controller.signal.aborted ? W.stoppedAt(result) : result);
    } catch (thrown) {
      setSaid('');
      toast(errorText(thrown));
    }
    setBusy(false);
  };
  return (
    <section>
      <h2 id="left-out">{W.leftOutTitle}</h2>
      <p class="ways">
        <button type="button" class="button" disabled={busy} onClick={look}>
          {W.findLeftOut}
        </button>
        {busy && (
          <button type="button" class="button" onClick={() => running.current?.abort()}>
            {S.cancel}
          </button>
        )}
      </p>
      <p class="quiet" role="status" aria-labelledby="left-out">
        {said}
      </p>
      {found && found.length > 0 && (
        <ul class="failed-notes" aria-labelledby="left-out">
          {found.slice(0, MOST_NOTES).map(({ note, all }) => (
            <li key={note.id}>
              <a href={noteHref(note.id)} dir="auto">
                {shown(note.title)}
              </a>
              <span class="quiet">{all.map(LO.kind).join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
