import { signal } from '@preact/signals';

/** Rises when the list of workspaces changed, in this tab or another: whoever shows it reads it again. */
export const workspacesChanged = signal(0);
