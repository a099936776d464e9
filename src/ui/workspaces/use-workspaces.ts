import { useEffect, useState } from 'preact/hooks';
import type { WorkspaceRecord } from '../../storage/workspaces.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { toast } from '../core/toasts.tsx';
import { workspacesChanged } from './workspaces-changed.ts';

/** The list of workspaces, oldest first, read again whenever it changed in any tab. */
export function useWorkspaces(): WorkspaceRecord[] {
  const { workspaces, workspace } = useApp();
  const [all, setAll] = useState<WorkspaceRecord[]>([workspace]);
  const version = workspacesChanged.value;
  useEffect(() => {
    let latest = true;
    workspaces.list().then(
      (list) => {
        if (latest) setAll(list);
      },
      (thrown: unknown) => {
        toast(errorText(thrown));
      },
    );
    return () => {
      latest = false;
    };
  }, [workspaces, version]);
  return all;
}
