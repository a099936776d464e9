import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import type { ExactCopy } from './exact-copies.ts';
import { releaseCopies } from './keep-copies.ts';
import { C } from './words.ts';

/** Names named in the report. */
const NAMED = 100;

/** Which files of an import became versions by themselves, and the way back. */
export function ExactCopies({ copies }: { copies: readonly ExactCopy[] }) {
  const ctx = useApp();
  const [isBack, setIsBack] = useState(false);
  const version = ctx.engine.notesVersion.value;
  // The notice offers the same, and so does Ctrl+Z.
  useEffect(() => {
    let isCurrent = true;
    ctx.notes.metas(copies.map(({ note }) => note)).then(
      (found) => {
        if (isCurrent) setIsBack(found.some((note) => note !== undefined));
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [copies, version]);
  const undo = () => {
    releaseCopies(ctx, copies).then(
      (done) => {
        if (!done) toast(S.cannotUndo);
      },
      (thrown) => toast(errorText(thrown)),
    );
  };
  return (
    <section class="import-result" aria-label={C.exactKept(copies.length)}>
      <p>{C.exact(copies.length)}</p>
      <ul class="quiet">
        {copies.slice(0, NAMED).map(({ note, path, basePath }) => (
          <li key={note} dir="auto">
            {C.of(path, basePath)}
          </li>
        ))}
        {copies.length > NAMED && <li>{S.moreLines(copies.length - NAMED)}</li>}
      </ul>
      {isBack ? (
        <p>{C.undone}</p>
      ) : (
        <p>
          <button type="button" class="button small" onClick={undo}>
            {S.undo}
          </button>
        </p>
      )}
    </section>
  );
}
