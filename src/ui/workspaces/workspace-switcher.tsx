import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { DialogButton } from '../core/parts/dialog-button.tsx';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { NameForm } from './name-form.tsx';
import { useWorkspaces } from './use-workspaces.ts';
import { W } from './words.ts';

/** Which workspace this tab shows, and a way to make another. */
export function WorkspaceSwitcher() {
  const { workspace, switchTo, createWorkspace } = useApp();
  const all = useWorkspaces();
  const choose = (id: string) => {
    const chosen = all.find((one) => one.id === id);
    if (chosen) switchTo(chosen).catch((thrown: unknown) => toast(errorText(thrown)));
  };
  return (
    <div class="workspaces">
      <select
        aria-label={S.workspace}
        value={workspace.id}
        onChange={(event) => {
          const { value } = event.currentTarget;
          // Until the switch is made this stays where it is.
          event.currentTarget.value = workspace.id;
          choose(value);
        }}
      >
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <DialogButton name={W.newWorkspace} title={W.newWorkspace} shown="+" class="button small">
        {(close) => (
          <NameForm
            title={W.newWorkspace}
            hint={W.newWorkspaceHint}
            name=""
            submit={W.create}
            run={async (name) => {
              const created = await createWorkspace(name);
              close();
              await switchTo(created);
            }}
            close={close}
          />
        )}
      </DialogButton>
    </div>
  );
}
