import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useAsked } from './use-asked.ts';

interface Props {
  /** Of the button, and of the dialog that it opens. */
  name: string;
  /** What the button shows, where its name is longer. */
  shown?: string;
  class: string;
  title?: string;
  /** The dialog's content. */
  children(close: () => void): ComponentChildren;
}

/**
 * A button and the dialog that it opens. The content is drawn again each time and is gone when the
 * dialog is closed, so that nothing typed into it is there when it is opened again.
 */
export function DialogButton({ name, shown, class: look, title, children }: Props) {
  const { asked, ask, closed } = useAsked<null>();
  return (
    <>
      <button type="button" class={look} aria-label={name} title={title} onClick={() => ask(null)}>
        {shown ?? name}
      </button>
      {asked && (
        <ModalDialog key={asked.nth} name={name} onClose={() => closed(asked.nth)}>
          {children}
        </ModalDialog>
      )}
    </>
  );
}

interface ModalProps extends Pick<Props, 'name' | 'children'> {
  onClose(): void;
}

function ModalDialog({ name, children, onClose }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="small-dialog" aria-label={name} onClose={onClose}>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
