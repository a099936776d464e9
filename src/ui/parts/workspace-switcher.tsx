import { useEffect, useRef, useState } from 'preact/hooks';
import type { WorkspaceRecord } from '../../storage/workspaces.ts';
import { useApp } from '../context.ts';
import { errorText } from '../errors-text.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { workspacesChanged } from '../workspaces-changed.ts';

export const LONGEST_NAME = 60;

/** Which workspace this tab shows, and a way to make another. */
export function WorkspaceSwitcher() {
  const { workspaces, workspace, switchTo } = useApp();
  const [all, setAll] = useState<WorkspaceRecord[]>([workspace]);
  const dialog = useRef<HTMLDialogElement>(null);
  const say = (thrown: unknown) => toast(errorText(thrown));
  const version = workspacesChanged.value;
  useEffect(() => {
    workspaces.list().then(setAll, say);
  }, [workspaces, version]);
  const choose = (id: string) => {
    const chosen = all.find((one) => one.id === id);
    if (chosen) switchTo(chosen).catch(say);
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
      <button
        type="button"
        class="button small"
        aria-label={S.newWorkspace}
        title={S.newWorkspace}
        onClick={() => dialog.current?.showModal()}
      >
        +
      </button>
      <dialog ref={dialog} class="small-dialog" aria-label={S.newWorkspace}>
        <NewWorkspace close={() => dialog.current?.close()} />
      </dialog>
    </div>
  );
}

function NewWorkspace({ close }: { close(): void }) {
  const { workspaces, switchTo, newId, now } = useApp();
  const [name, setName] = useState('');
  const create = async () => {
    const record = { id: newId(), name: name.trim().slice(0, LONGEST_NAME), created: now() };
    try {
      await workspaces.create(record);
      close();
      await switchTo(record);
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void create();
      }}
    >
      <h2>{S.newWorkspace}</h2>
      <p class="quiet">{S.newWorkspaceHint}</p>
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
        <button type="button" class="button" onClick={close}>
          {S.cancel}
        </button>
        <button type="submit" class="button primary" disabled={!name.trim()}>
          {S.create}
        </button>
      </div>
    </form>
  );
}
