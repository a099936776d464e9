import { effect, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Status } from '../../protocol.ts';
import { useApp } from '../context.ts';
import { type FieldEvents, type MakeField, type NoteField, RICH_LIMIT } from '../editor/field.ts';
import { imageUrl, keepImage } from '../editor/images.ts';
import { followLink } from '../editor/links.ts';
import { freshNoteList } from '../note-list.ts';
import { S } from '../strings.ts';

interface Props {
  /** The text as it is when the field is made; `history` fits it, or is null. */
  start(): { text: string; history: string | null };
  readOnly: boolean;
  onInput(): void;
  onTouch: FieldEvents['onTouch'];
  onBlur(): void;
  onReady(field: NoteField | null): void;
}

let known: MakeField | null = null;
let loading: Promise<void> | null = null;

/** Fetches the editor's code; a failed try is not kept. */
export function loadEditor(): Promise<void> {
  loading ??= import('../editor/rich/rich-field.ts').then(
    ({ makeRichField }) => {
      known = makeRichField;
    },
    (thrown: unknown) => {
      loading = null;
      throw thrown;
    },
  );
  return loading;
}

/**
 * Once the model is loaded, which takes all that the processor has: a note that is opened after that
 * is there at once. One that is opened before fetches the editor itself.
 * @returns takes it back
 */
export function loadEditorSoon(status: ReadonlySignal<Status>): () => void {
  const load = () => void loadEditor().catch(() => {});
  return effect(() => {
    if (status.value.state === 'loading' || loading) return;
    if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: 5_000 });
    else setTimeout(load, 2_000);
  });
}

/** Where a note's text is written. Until the editor is there, nothing is: it takes a moment, once. */
export function NoteText({ start, readOnly, onInput, onTouch, onBlur, onReady }: Props) {
  const ctx = useApp();
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<NoteField | null>(null);
  const [bare, setBare] = useState(false);
  const events: FieldEvents = {
    onInput,
    onTouch,
    onBlur,
    onLink: (target, kind) => void followLink(ctx, target, kind),
    keepImage: (file) => keepImage(ctx, file),
    imageUrl: (address) => imageUrl(ctx, address),
    names: async () => (await freshNoteList(ctx)).map(({ title }) => title),
  };
  const latest = useRef(events);
  latest.current = events;

  useLayoutEffect(() => {
    let here = true;
    const mount = (make: MakeField): void => {
      if (!here || !host.current) return;
      const { text, history } = start();
      // The views' functions change with every drawing; the field is made once.
      const stable: FieldEvents = {
        ...events,
        onInput: () => latest.current.onInput(),
        onTouch: (change, tell) => latest.current.onTouch(change, tell),
        onBlur: () => latest.current.onBlur(),
      };
      const options = { text, history, label: S.note, readOnly };
      field.current = make(host.current, options, stable);
      onReady(field.current);
    };
    if (known) mount(known);
    else {
      loadEditor().then(
        () => mount(known!),
        async () => {
          const { makePlainField } = await import('../editor/plain-field.ts');
          if (here) setBare(true);
          mount(makePlainField);
        },
      );
    }
    return () => {
      here = false;
      // Its last words first.
      field.current?.destroy();
      onReady(null);
      field.current = null;
    };
  }, []);

  useLayoutEffect(() => field.current?.setReadOnly(readOnly), [readOnly]);

  return (
    <>
      {bare && (
        <p class="banner" role="status">
          {S.editorFailed}
        </p>
      )}
      <div ref={host} class="text-field" />
    </>
  );
}

export const isLong = (text: string): boolean => text.length > RICH_LIMIT;
