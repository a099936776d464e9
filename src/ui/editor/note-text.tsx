import { effect, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Status } from '../../protocol.ts';
import type { LinkingNote, LinkTarget } from '../../storage/notes/link-index.ts';
import { useApp } from '../core/context.ts';
import { type ImagePlace, imageUrl, keepImage } from '../core/images.ts';
import { go, listHref } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { type FieldEvents, type MakeField, type NoteField, RICH_LIMIT } from './fields/field.ts';
import { makePlainField } from './fields/plain-field.ts';
import { makeWaitingField } from './fields/waiting-field.ts';
import { W } from './words.ts';

interface Props {
  /** The note that it is the text of. */
  from(): LinkingNote;
  /** The text as it is when the field is made; `history` fits it, or is null. */
  start(): { text: string; history: string | null };
  /** Of the note as it is now: what its images' paths are read from. */
  place(): ImagePlace | null;
  readOnly: boolean;
  /** While the note is read. */
  hidden: boolean;
  onInput(): void;
  onTouch: FieldEvents['onTouch'];
  onBlur(): void;
  onReady(field: NoteField | null): void;
}

let known: MakeField | null = null;
let loading: Promise<void> | null = null;

/** Fetches the editor's code; a failed try is not kept. */
function loadEditor(): Promise<void> {
  loading ??= import('./rich/rich-field.ts').then(
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
 * Once the model is loaded, which takes all that the processor has: a note that is opened after
 * that is there at once. One that is opened before fetches the editor itself.
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

/**
 * Longest text shown in a textarea until the rich editor is loaded, UTF-16 units: a longer one is
 * not laid out twice.
 */
const STAND_IN_LIMIT = 200_000;

/**
 * Where a note's text is written. Until the editor's code is there, a plain field stands in for it,
 * and hands over its text, caret and focus: no key waits for the code. While the note is read it
 * stays as it is, out of the document, so that nothing of it is lost.
 */
export function NoteText(props: Props) {
  const { from, start, place: imagePlace, readOnly } = props;
  const { hidden, onInput, onTouch, onBlur, onReady } = props;
  const ctx = useApp();
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<NoteField | null>(null);
  const place = useRef<HTMLElement | null>(null);
  const wasHidden = useRef(hidden);
  const [bare, setBare] = useState(false);
  const latest = useRef({ onInput, onTouch, onBlur, readOnly, hidden });
  latest.current = { onInput, onTouch, onBlur, readOnly, hidden };
  // Now, as it is still in sight: what is hidden is not scrolled any more.
  if (hidden && !wasHidden.current) field.current?.keepPlace();

  useLayoutEffect(() => {
    let here = true;
    // The views' functions change with every drawing; the field is made once.
    const events: FieldEvents = {
      onInput: () => latest.current.onInput(),
      onTouch: (change, tell) => latest.current.onTouch(change, tell),
      onBlur: () => latest.current.onBlur(),
      onLink: (link) =>
        void import('./links.ts').then(({ followLink }) => followLink(ctx, link, from())),
      keepImage: (file) => keepImage(ctx, file),
      imageUrl: (address) => imageUrl(ctx, address, imagePlace()),
      watchLinks(changed) {
        let leads: ((link: LinkTarget) => boolean) | null = null;
        let stop: (() => void) | null = null;
        let watched = true;
        import('./link-look.ts').then(
          ({ watchLinks }) => {
            if (!watched) return;
            stop = watchLinks(ctx, from, (now) => {
              leads = now;
              changed();
            });
          },
          // Then none looks missing.
          () => {},
        );
        return {
          leads: (link) => leads?.(link) ?? true,
          stop() {
            watched = false;
            stop?.();
          },
        };
      },
      onTag: (tag) => go(listHref({ tag })),
      tagOffers: async () => (await import('./tag-offers.ts')).tagOffers(ctx),
      linkOffers: async () => (await import('./link-offers.ts')).nameOffers(ctx, from()),
      placeOffers: async (target, kind, own) =>
        (await import('./link-offers.ts')).placeOffers(ctx, from(), target, kind, own),
    };
    const first = start();
    const mount = (make: MakeField): void => {
      if (!here || !host.current) return;
      const former = field.current;
      const text = former?.text();
      // Another tab's text may have been shown meanwhile: that is nothing to undo.
      const began = !former || former.canUndo() ? first : start();
      const old = place.current;
      place.current = document.createElement('div');
      if (!latest.current.hidden) host.current.append(place.current);
      const options = { ...began, label: S.note, readOnly: latest.current.readOnly };
      const made = make(place.current, options, events);
      if (former && text !== undefined) {
        // A long text is not compared with itself.
        if (began.text !== text) made.show(text, true);
        made.select(former.selection());
        if (former.hasFocus()) made.focus();
        former.destroy();
        old?.remove();
      }
      field.current = made;
      onReady(made);
    };
    const handOver = (make: MakeField): void => {
      const busy = field.current?.busy();
      // A task later: what a composed word brings about comes after the event of its end.
      if (busy) void busy.finally(() => setTimeout(handOver, 0, make));
      else mount(make);
    };
    if (known) mount(known);
    else {
      const short = first.text.length <= STAND_IN_LIMIT;
      mount(short ? makePlainField : makeWaitingField);
      loadEditor().then(
        () => handOver(known!),
        () => {
          if (here) setBare(true);
          if (!short) mount(makePlainField);
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
  useLayoutEffect(() => {
    if (hidden) place.current?.remove();
    else if (wasHidden.current && place.current) {
      host.current?.append(place.current);
      field.current?.returnToPlace();
    }
    wasHidden.current = hidden;
  }, [hidden]);

  return (
    <>
      {bare && !hidden && (
        <p class="banner" role="status">
          {W.editorFailed}
        </p>
      )}
      <div ref={host} class="text-field" hidden={hidden} />
    </>
  );
}

/** Whether a text is too long for the plain field, by UTF-16 units. */
export const isLong = (text: string): boolean => text.length > RICH_LIMIT;
