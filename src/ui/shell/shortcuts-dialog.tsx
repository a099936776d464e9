import { useModal } from '../core/parts/use-modal.ts';
import { KEYS } from '../core/shortcuts.ts';
import { S } from '../core/strings.ts';
import { L } from './shortcut-words.ts';
import './shortcuts.css';

const names = L.shortcutNames;
const GROUPS: [name: string, rows: [name: string, keys: string][]][] = [
  [
    L.shortcutGroups.anywhere,
    [
      [names.search, KEYS.search],
      [names.new, KEYS.new],
      [names.today, KEYS.today],
      [names.undoLast, KEYS.undo],
      [names.help, KEYS.help],
    ],
  ],
  [
    L.shortcutGroups.note,
    [
      [names.read, KEYS.read],
      [names.find, KEYS.find],
      [names.bold, KEYS.bold],
      [names.italic, KEYS.italic],
      [names.undo, KEYS.undo],
      [names.complete, '[['],
      [names.link, KEYS.link],
      [names.leave, KEYS.leave],
    ],
  ],
  [
    L.shortcutGroups.search,
    [
      [names.openResult, KEYS.open],
      [names.newTab, KEYS.newTab],
    ],
  ],
];

/** All shortcuts at a glance; opens as it is drawn. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} class="small-dialog shortcuts" aria-label={L.shortcuts} onClose={onClose}>
      <div class="shortcuts-head">
        <h2>{L.shortcuts}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={S.close}
          onClick={() => dialog.current?.close()}
        >
          ×
        </button>
      </div>
      {GROUPS.map(([group, rows]) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {rows.map(([name, keys]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {keys.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </dialog>
  );
}
