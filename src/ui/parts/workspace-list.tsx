import { useEffect, useRef, useState } from 'preact/hooks';
import type { WorkspaceRecord } from '../../storage/workspaces.ts';
import { useApp } from '../context.ts';
import { errorText } from '../errors-text.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { workspacesChanged } from '../workspaces-changed.ts';
import { TypedConfirmation } from './typed-confirmation.tsx';
import { LONGEST_NAME } from './workspace-switcher.tsx';

/** All workspaces, each to be renamed or, but for the last, deleted. */
export function WorkspaceList() {
  const { workspaces, workspace: shownOne, removeWorkspace } = useApp();
  const [all, setAll] = useState<WorkspaceRecord[]>([shownOne]);
  const version = workspacesChanged.value;
  useEffect(() => {
    workspaces.list().then(setAll, (thrown: unknown) => {
      toast(errorText(thrown));
    });
  }, [workspaces, version]);
  return (
    <ul class="workspace-list">
      {all.map((one) => (
        <li key={one.id} class="setting-row">
          <p dir="auto">{one.name}</p>
          <Rename workspace={one} />
          {all.length > 1 && (
            <TypedConfirmation
              name={S.deleteWorkspace(one.name)}
              shown={S.delete}
              hint={S.deleteWorkspaceHint(one.name)}
              label={S.typeName}
              word={one.name}
              run={async () => {
                await removeWorkspace(one);
                toast(S.workspaceDeleted(one.name));
                workspacesChanged.value++;
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Rename({ workspace }: { workspace: WorkspaceRecord }) {
  const { workspaces } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState(workspace.name);
  const save = async () => {
    try {
      await workspaces.rename(workspace.id, name.trim().slice(0, LONGEST_NAME));
      dialog.current?.close();
      workspacesChanged.value++;
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  const title = S.renameWorkspace(workspace.name);
  return (
    <>
      <button
        type="button"
        class="button small"
        aria-label={title}
        onClick={() => dialog.current?.showModal()}
      >
        {S.rename}
      </button>
      <dialog ref={dialog} class="small-dialog" aria-label={title}>
        <form
          method="dialog"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) void save();
          }}
        >
          <h2 dir="auto">{title}</h2>
          <label class="field">
            {S.workspaceName}
            <input
              type="text"
              value={name}
              maxLength={LONGEST_NAME}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              {S.cancel}
            </button>
            <button type="submit" class="button primary" disabled={!name.trim()}>
              {S.save}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
