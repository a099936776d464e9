import { useEffect, useRef } from 'preact/hooks';

/** For a dialog that opens as it is drawn. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return dialog;
}
