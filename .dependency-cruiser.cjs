/** The house's one-way doors (docs/ARCHITECTURE.md, "Directions"). */
const rule = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});
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
      'neutral-floor',
      '^src/(protocol|errors|query)\\.ts$',
      '^src/(ui|worker|storage)',
      'The wire imports nothing.',
    ),
    {
      name: 'only-storage-opens-indexeddb',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/storage' },
      to: { path: 'node_modules/idb' },
    },
    {
      name: 'one-door-to-transformers',
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
