import { useApp } from '../core/context.ts';
import { P } from '../core/page-strings.ts';
import { DialogButton } from '../core/parts/dialog-button.tsx';
import { TypedConfirmation } from '../core/parts/typed-confirmation.tsx';
import { toast } from '../core/toasts.tsx';
import { L } from './later-words.ts';
import { NameForm } from './name-form.tsx';
import { useWorkspaces } from './use-workspaces.ts';
import './workspace-list.css';

/** All workspaces, each to be renamed or, but for the last, deleted. */
export function WorkspaceList() {
  const { renameWorkspace, removeWorkspace } = useApp();
  const all = useWorkspaces();
  return (
    <ul class="workspace-list">
      {all.map((one) => (
        <li key={one.id} class="setting-row">
          <p dir="auto">{one.name}</p>
          <DialogButton name={L.renameWorkspace(one.name)} shown={L.rename} class="button small">
            {(close) => (
              <NameForm
                title={L.renameWorkspace(one.name)}
                name={one.name}
                submit={P.save}
                run={(name) => renameWorkspace(one.id, name)}
                close={close}
              />
            )}
          </DialogButton>
          {all.length > 1 && (
            <TypedConfirmation
              name={L.deleteWorkspace(one.name)}
              shown={P.delete}
              hint={L.deleteWorkspaceHint(one.name)}
              label={L.typeName}
              word={one.name}
              run={async () => {
                if (await removeWorkspace(one)) toast(L.workspaceDeleted(one.name));
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
