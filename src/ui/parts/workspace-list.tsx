import { useApp } from '../context.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { DialogButton } from './dialog-button.tsx';
import { NameForm } from './name-form.tsx';
import { TypedConfirmation } from './typed-confirmation.tsx';
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
          <DialogButton name={S.renameWorkspace(one.name)} shown={S.rename} class="button small">
            {(close) => (
              <NameForm
                title={S.renameWorkspace(one.name)}
                name={one.name}
                submit={S.save}
                run={(name) => renameWorkspace(one.id, name)}
                close={close}
              />
            )}
          </DialogButton>
          {all.length > 1 && (
            <TypedConfirmation
              name={S.deleteWorkspace(one.name)}
              shown={S.delete}
              hint={S.deleteWorkspaceHint(one.name)}
              label={S.typeName}
              word={one.name}
              run={async () => {
                if (await removeWorkspace(one)) toast(S.workspaceDeleted(one.name));
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
