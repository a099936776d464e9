/** Words for the choice of workspaces: fetched with the first screen. */
export const W = {
  // Contract.
  newWorkspace: 'New workspace',
  workspaceName: 'Name',
  create: 'Create',

  newWorkspaceHint: 'Notes of their own, and a search of their own.',
} as const;
