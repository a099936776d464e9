import { useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { S } from '../core/strings.ts';
import { W } from './words.ts';

/** "Check index": compares what is stored with the notes, and has what is wrong repaired. */
export function CheckIndex() {
  const { engine } = useApp();
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const check = async () => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setSaid(W.checking);
    try {
      setSaid(W.checked(await engine.checkIndex({ signal: controller.signal })));
    } catch (thrown) {
      setSaid(isCode(thrown, 'cancelled') ? W.checkCancelled : errorText(thrown));
    }
    setBusy(false);
  };
  return (
    <section>
      <h2 id="check-index">{W.checkTitle}</h2>
      <p class="ways">
        <button type="button" class="button" disabled={busy} onClick={check}>
          {W.checkIndex}
        </button>
        {busy && (
          <button type="button" class="button" onClick={() => running.current?.abort()}>
            {S.cancel}
          </button>
        )}
      </p>
      <p class="quiet" role="status" aria-labelledby="check-index">
        {said}
      </p>
    </section>
  );
}
