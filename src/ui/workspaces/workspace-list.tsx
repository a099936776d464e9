import { useApp } from '../core/context.ts';
import { P } from '../core/page-strings.ts';
import { DialogButton } from '../core/parts/dialog-button.tsx';
import { TypedConfirmation } from '../core/parts/typed-confirmation.tsx';
import { toast } from '../core/toasts.tsx';
import { NameForm } from './name-form.tsx';
import { useWorkspaces } from './use-workspaces.ts';

/** All workspaces, each to be renamed or, but for the last, deleted. */
export function WorkspaceList() {
  const { renameWorkspace, removeWorkspace } = useApp();
  const all = useWorkspaces();
  return (
    <ul class="workspace-list">
      {all.map((one) => (
        <li key={one.id} class="setting-row">
          <p dir="auto">{one.name}</p>
          <DialogButton name={P.renameWorkspace(one.name)} shown={P.rename} class="button small">
            {(close) => (
              <NameForm
                title={P.renameWorkspace(one.name)}
                name={one.name}
                submit={P.save}
                run={(name) => renameWorkspace(one.id, name)}
                close={close}
              />
            )}
          </DialogButton>
          {all.length > 1 && (
            <TypedConfirmation
              name={P.deleteWorkspace(one.name)}
              shown={P.delete}
              hint={P.deleteWorkspaceHint(one.name)}
              label={P.typeName}
              word={one.name}
              run={async () => {
                if (await removeWorkspace(one)) toast(P.workspaceDeleted(one.name));
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
