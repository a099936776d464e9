import { useLayoutEffect, useRef } from 'preact/hooks';
import { S } from '../core/strings.ts';
import { searchOpen } from './search-open.ts';
import { SearchPanel } from './search-panel.tsx';

/** The modal dialog "Search"; its content is drawn again each time it opens. */
export function SearchDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = searchOpen.value;
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) {
      element.showModal();
      element.querySelector('input')?.focus();
    } else {
      element.close();
    }
  }, [open]);
  const close = () => {
    dialog.current?.close();
    searchOpen.value = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      class="search"
      aria-label={S.search}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={() => {
        // It comes late: by then a quick Ctrl+K may have opened the dialog again.
        if (!dialog.current?.open) searchOpen.value = false;
      }}
      onClick={(event) => {
        // A click beside the panel lands on the dialog itself.
        if (event.target === event.currentTarget) close();
      }}
    >
      {open && <SearchPanel close={close} />}
    </dialog>
  );
}
