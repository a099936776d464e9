/** Which folder may import which (docs/ARCHITECTURE.md, "Directions"). */
const rule = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});
/** What each folder of src/ui offers to the others, but for core, which is all for others. */
const OFFERS = {
  archive: ['unzip', 'zip'],
  backup: ['backup-settings', 'export-markdown', 'folder-archive', 'restore'],
  editor: [
    'drafts',
    'editor-view',
    'found-drafts',
    'journal/acts',
    'journal/keys',
    'journal/session',
    'links',
    'mend/moved',
    'mend/tags-out',
    'new-note',
    'note-text',
  ],
  engine: ['engine', 'gpu-memory', 'index-status', 'page'],
  health: ['health-view'],
  import: [
    'decode',
    'drop-overlay',
    'encode',
    'front-matter',
    'import-view',
    'importer',
    'plan',
    'read-file',
    'resume',
    'skip-words',
    'source',
    'title',
  ],
  map: ['map-view'],
  models: ['device-choice', 'model-choice'],
  names: ['name-soon', 'names-notice', 'names-setting'],
  notes: ['daily', 'list-choice', 'note-list', 'notes-view', 'organise-dialog', 'pin-notes'],
  search: ['search-dialog', 'search-open', 'use-search'],
  settings: ['settings-view'],
  trash: ['deleted-view', 'purge-soon', 'remove-many', 'remove-with-undo', 'use-trash'],
  work: ['import-lock', 'long-work', 'resume-offer', 'unfinished', 'work-bar'],
  workspaces: [
    'found-notes',
    'found-workspaces',
    'left-over',
    'left-over-banner',
    'workspace-list',
    'workspace-switcher',
    'workspaces-changed',
  ],
};
const OFFERED = Object.entries(OFFERS)
  .map(([folder, files]) => `^src/ui/${folder}/(${files.join('|')})\\.tsx?$`)
  .join('|');

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    rule(
      'ui-never-imports-worker',
      '^src/ui',
      '^src/worker',
      'The page speaks to the worker through src/protocol.ts only.',
    ),
    rule('worker-never-imports-ui', '^src/worker', '^src/ui', 'The worker knows no page.'),
    rule(
      'storage-imports-no-realm',
      '^src/storage',
      '^src/(ui|worker)|^src/protocol',
      'Storage remembers; it knows neither who asks nor the wire.',
    ),
    {
      name: 'ui-uses-only-the-notes-api',
      severity: 'error',
      comment: 'Passages and vectors are written by the worker alone.',
      from: { path: '^src/ui' },
      to: { path: '^src/storage', pathNot: '^src/storage/(notes|workspaces|models)(/|\\.ts)' },
    },
    rule(
      'shared-modules',
      '^src/(?!sw\\.ts$)[^/]+\\.ts$',
      '^src/(ui|worker|storage|sw)(/|\\.ts$)',
      'What lies at the top of src belongs to no realm, and imports none.',
    ),
    rule(
      'markdown-is-neutral',
      '^src/markdown/',
      '^src/(ui|worker|storage|sw)(/|\\.ts$)',
      'One reader of Markdown for every realm, which knows none of them.',
    ),
    rule(
      'words-are-neutral',
      '^src/words/',
      '^src/(ui|worker|storage|sw|markdown)(/|\\.ts$)',
      'One way to take a text apart into words, for notes, queries and marks.',
    ),
    rule(
      'service-worker-alone',
      '^src/sw(/|\\.ts$)',
      '^src/(ui|worker|storage)/',
      'It answers while no page and no engine runs.',
    ),
    rule(
      'core-imports-no-feature',
      '^src/ui/core/',
      '^src/ui/(?!core/)',
      'What every feature may use knows none of them.',
    ),
    rule(
      'features-do-not-import-shell',
      '^src/ui/(?!shell/|main\\.tsx$)',
      '^src/ui/(shell/|main\\.tsx$)',
      'The shell shows the features; they do not know where they are shown.',
    ),
    {
      name: 'only-what-a-folder-offers',
      severity: 'error',
      comment: 'The inside of a folder of src/ui is its own. What it offers stands in OFFERS.',
      from: { path: '^src/ui/([^/]+)/' },
      to: { path: '^src/ui/[^/]+/', pathNot: ['^src/ui/($1|core)/', OFFERED] },
    },
    {
      name: 'main-imports-shell',
      severity: 'error',
      from: { path: '^src/ui/main\\.tsx$' },
      to: { path: '^src/ui/', pathNot: ['^src/ui/(shell|core)/', OFFERED] },
    },
    {
      name: 'only-storage-opens-indexeddb',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/storage' },
      to: { path: 'node_modules/idb' },
    },
    {
      name: 'only-the-embedder-imports-transformers',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/worker/embedder\\.ts$' },
      to: { path: 'node_modules/(@huggingface|onnxruntime)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
    },
  },
};
