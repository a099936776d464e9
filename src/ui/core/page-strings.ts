import type { CheckReport, DeviceState, ModelFault } from '../../protocol.ts';
import { n, plural } from './strings.ts';

const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const speeds = (ms: DeviceState['ms']): string =>
  ms
    ? `${oneDecimal.format(ms.wasm)} ms a passage with WebAssembly, ${oneDecimal.format(ms.webgpu)} ms with WebGPU`
    : '';

/**
 * The sentences of pages and dialogs that are fetched when they are first shown: none of them is part
 * of the first screen's code. The others are in `strings.ts`.
 */
export const P = {
  removeSamplesHint: (total: number) =>
    `${plural(total, 'sample note goes', 'sample notes go')} to the trash. Undo brings ${total === 1 ? 'it' : 'them'} back.`,
  samplesKept: (total: number) =>
    `${plural(total, 'sample note that you changed stays', 'sample notes that you changed stay')}.`,
  remove: 'Remove',
  samplesRemoved: (total: number) => `Removed ${plural(total, 'sample note', 'sample notes')}`,
  selectAll: 'Select all',
  selected: (total: number) => `${n(total)} selected`,
  done: 'Done',
  move: 'Move',
  tagVerb: 'Tag',
  export: 'Export',
  folderHint: 'Leave it empty for none. A slash makes a folder within a folder.',
  tags: 'Tags',
  tagsHint: 'Separate them with commas.',
  exportedMany: (total: number) => `Exported ${plural(total, 'note', 'notes')}`,
  shortcuts: 'Keyboard shortcuts',
  shortcutGroups: { anywhere: 'Anywhere', note: 'In a note', search: 'In search' },
  shortcutNames: {
    search: 'Search',
    new: 'New note',
    today: 'Today’s note',
    help: 'These shortcuts',
    undoLast: 'Undo the last deletion',
    read: 'Read or edit',
    find: 'Find in note',
    bold: 'Bold',
    italic: 'Italic',
    undo: 'Undo, also of the last time',
    link: 'Follow the link at the caret',
    complete: 'Link to a note',
    leave: 'Leave the text',
    openResult: 'Open the result',
    newTab: 'Open it in a new tab',
  },
  findWords: {
    find: 'Find in note',
    next: 'Next match',
    previous: 'Previous match',
    close: 'Close find',
    count: (at: number, of: number, more: boolean) => {
      const total = more ? `${n(of)}+` : n(of);
      if (of === 0) return 'No matches';
      return at > 0 ? `${n(at)} of ${total}` : `${total} found`;
    },
  },
  tooLongToRead:
    'This note is too long for the reading view. It can be read and found in the editor.',
  nothingToRead: 'Nothing written yet.',
  imageGone: 'An image that is not here',
  deletedHint: 'Deleted notes are kept for 30 days, then they go for good.',
  nothingDeleted: 'Nothing was deleted in the last 30 days.',
  deletedOn: (date: string) => `Deleted ${date}`,
  keptUntil: (date: string) => `kept until ${date}`,
  goesSoon: 'goes for good soon',
  showDeleted: 'Read it',
  moreCharacters: (more: string) => `${more} more characters are not shown here.`,
  deleteForGood: 'Delete for good',
  sureForGood: (title: string) => `Delete “${title}” for good?`,
  sureForGoodHint:
    'Its text, its earlier versions and all that search knows of it are deleted. This cannot be undone.',
  deletedForGood: (title: string) => `Deleted “${title}” for good`,
  deleteAllForGood: 'Delete all for good',
  deleteAllForGoodHint: (total: number) =>
    `${plural(total, 'deleted note', 'deleted notes')} with all earlier versions. This cannot be undone.`,
  deletedAllForGood: (total: number) => `Deleted ${plural(total, 'note', 'notes')} for good`,
  freeable: (trash: string, images: string) =>
    `Deleted notes take ${trash}; they go for good after 30 days. Images that nothing shows any more take ${images}.`,
  foundDrafts: 'Text that was not saved',
  foundDraftsHint:
    'It was typed in a tab that ended before it was saved, and its note is not here any more.',
  keepDraft: 'Keep as a new note',
  discardDraft: 'Discard',
  draftKept: 'Kept as a new note.',
  versions: (total: number) => plural(total, 'earlier version', 'earlier versions'),
  versionWhy: {
    'import-conflict': 'imported, while the note had been changed here',
    'edit-conflict': 'replaced by a change in another tab',
    edit: 'as you left it then',
    restored: 'set aside when a backup was restored',
    found: 'typed in a tab that ended before it was saved',
  },
  versionAlso: (tags: readonly string[], path = '', pinned = false) =>
    [
      tags.length > 0 ? `Tags: ${tags.join(', ')}` : 'No tags',
      path.includes('/') ? `Folder: ${path.slice(0, path.lastIndexOf('/'))}` : 'No folder',
      pinned && 'Pinned',
    ]
      .filter(Boolean)
      .join(' · '),
  useVersion: 'Use this text',

  importFiles: 'Import files',
  importFolder: 'Import folder',
  importTypes:
    'Markdown and text files (.md, .markdown, .txt), up to 10 MB each. Images in a folder come along with the notes that show them.',
  importAgain:
    'Import the same folder again at any time: what changed is brought up to date, and what you changed here is kept.',
  importDrop: 'You can also drop files and folders anywhere in this window.',
  importResult: 'Import result',
  importLooking: 'Looking through what you chose…',
  importing: (done: number, total: number) => `${n(done)} of ${n(total)} files`,
  importCounts: (imported: number, skipped: number) =>
    `${n(imported)} imported, ${n(skipped)} skipped`,
  // Contract: exactly this.
  imported: (imported: number, skipped: number) => `Imported ${imported} notes, skipped ${skipped}`,
  importCancelled: 'Cancelled. What had been imported by then stays.',
  importNothing: 'There was nothing to import in what you chose.',
  importStopped: (why: string, left: number) =>
    `${why} ${left === 1 ? 'One file was' : `${n(left)} files were`} not imported; import again and only those are read.`,
  workBusy: 'An import or a restore is under way. Start the next one when it has ended.',
  fileCount: (total: number) => plural(total, 'file', 'files'),
  pauseImport: 'Pause import',
  resumeImport: 'Resume import',
  importPaused: (done: number, total: number) => `Paused at ${n(done)} of ${n(total)} files`,
  importImages: (total: number) =>
    `${plural(total, 'image was', 'images were')} taken in with the notes that show them.`,
  importMoved: 'Its file was moved, and the note went along',
  importRemarks: 'Imported, with a remark',
  importSkipped: 'Skipped',
  importFile: 'File',
  importWhy: 'Why',
  importOutcome: 'Outcome',
  importReason: 'Reason',
  allReasons: 'All reasons',
  downloadList: 'Download list',
  dropHere: 'Drop to import',

  skip: {
    unchanged: 'Unchanged since the last import',
    'keep-app': 'Changed here only, so your text was left as it is',
    conflict: 'Changed on both sides: the file’s text is kept as an earlier version of the note',
    type: (extension: string) =>
      extension ? `Not a note file (${extension})` : 'Not a note file (no extension)',
    large: (size: string, limit: string) => `Too large: ${size} (the limit is ${limit})`,
    image: 'An image that no imported note shows',
    path: 'Its path is longer than 4,096 bytes',
    unreadable: 'The file could not be read',
    cancelled: 'Not read: the import was cancelled',
    stopped: 'Not imported: the import had to stop',
    failed: 'This note could not be stored',
  },
  notTaken: (name: string, reason: string) => `“${name}” is no note: ${reason}.`,
  sharedUnreadable: 'Something that was shared could not be read.',

  mapIntro: 'Near together is near in meaning.',
  mapEmpty: 'Your notes appear here once you have some.',
  mapNotYet: 'Notes appear here once they are indexed.',
  mapMissing: (total: number) =>
    `${plural(total, 'note has', 'notes have')} no place yet: empty, or still to be indexed.`,
  mapSearch: 'Find on the map',
  mapHits: (total: number) => `${plural(total, 'note', 'notes')} lit`,
  mapAsList: 'Show as list',
  mapAnew: 'Arrange anew',
  mapMake: 'Make the map',
  mapMaking: 'Arranging your notes by meaning…',
  mapOfNotes: (total: number) => `Map of ${plural(total, 'note', 'notes')}`,
  mapKeys:
    'Arrow keys move the map, plus and minus zoom, 0 shows all of it. Enter opens the note nearest to the middle. “Show as list” says the same in words.',
  mapPointed: (title: string) => `${title}. Enter opens it.`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomAll: 'Show all',

  storageKept: 'The browser keeps what is stored here.',
  storageMayClear:
    'The browser may clear what is stored here if the device runs out of space: make a backup now and then.',

  pause: 'Pause indexing',
  resume: 'Resume indexing',
  retryFailed: 'Retry failed notes',
  retrying: 'Trying the failed notes again.',
  failedTitle: 'Notes that could not be indexed',
  failedHint: 'They are still found by their words.',
  duplicatesTitle: 'Nearly identical notes',
  duplicatesHint: 'They say almost the same in the same words. You may want to keep one of each.',
  findDuplicates: 'Look for nearly identical notes',
  noDuplicates: 'No nearly identical notes were found.',
  offlineReady: 'Ready to be used offline.',
  offlineNotReady: 'Not ready for offline use yet: some files are still being kept.',
  healthWaiting: 'The search engine has not answered yet.',
  checkTitle: 'Check',
  // Contract: exactly this.
  checkIndex: 'Check index',
  checking: 'Holding the index against your notes…',
  checkCancelled: 'The check was cancelled; nothing was changed.',
  checked: ({ notes, passages, mended, strays }: CheckReport) =>
    mended.length === 0 && strays === 0
      ? `All is in order: ${plural(notes, 'note', 'notes')}, ${plural(passages, 'passage', 'passages')}.`
      : [
          mended.length > 0 &&
            `${plural(mended.length, 'note was', 'notes were')} not fully indexed: done anew now.`,
          strays > 0 &&
            `What was left of ${plural(strays, 'deleted note', 'deleted notes')} was taken away.`,
        ]
          .filter(Boolean)
          .join(' '),
  damaged: (total: number) =>
    `${plural(total, 'stored vector was', 'stored vectors were')} damaged and made anew.`,
  perSecond: (rate: string) => `${rate} passages a second`,
  none: 'none yet',
  chartTitle: 'Passages a second',
  chartTime: (minutes: number) => (minutes === 0 ? 'now' : `−${n(minutes)} min`),
  chartSaid: (total: number, most: number, last: number) =>
    `${plural(total, 'passage was', 'passages were')} embedded in the last 5 minutes: ${n(most)} a second at most, ${n(last)} now.`,
  chartNothing: 'Nothing was embedded in the last 5 minutes, as far as this page was open.',
  storageTitle: 'Storage by kind',
  storageKinds: {
    notes: 'Text of your notes',
    passages: 'Passages and vectors',
    keyword: 'Keyword index',
    attachments: 'Images',
    versions: 'Earlier versions, undo, deleted notes',
    caches: 'The app and its models',
    rest: 'Other workspaces, and the browser’s own',
    restAndCaches: 'The app, its models, other workspaces',
    all: 'All that the browser counts',
  },
  storageHint:
    'About so much: estimated from samples of this workspace, before the browser packs it.',
  diagnosticsTitle: 'Diagnostics',
  diagnosticsHint:
    'The numbers above, version, browser and recent errors, to send with a question. No text, title, path or name of yours is in it.',
  copyDiagnostics: 'Copy diagnostics',
  diagnosticsCopied: 'Diagnostics copied.',
  diagnosticsByHand: 'This browser did not allow copying. Copy this text:',

  // Contract: the name of the theme's list.
  aspects: {
    theme: 'Theme',
    textSize: 'Text size',
    density: 'Density',
    dates: 'Language of dates',
  },
  themes: { system: 'System', light: 'Light', dark: 'Dark', contrast: 'More contrast' },
  textSizes: { small: 'Small', normal: 'Normal', large: 'Large', larger: 'Larger' },
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  datesOfBrowser: 'Browser’s own',
  appearance: 'Appearance',
  index: 'Search index',
  effort: 'Indexing effort',
  efforts: { full: 'Full', gentle: 'Gentle', idle: 'Only when idle' },
  // Contract: the name of the list and of its options.
  device: 'Device',
  devices: { auto: 'Automatic', webgpu: 'WebGPU', wasm: 'WebAssembly' },
  deviceSays: {
    chosen: () => '',
    untried: ({ choice }: DeviceState) =>
      choice === 'auto'
        ? 'The model runs with WebAssembly. WebGPU is compared with it when there is nothing else to do.'
        : 'WebGPU was not tested here yet, so the model runs with WebAssembly.',
    'no-adapter': ({ choice }: DeviceState) =>
      choice === 'auto'
        ? 'The model runs with WebAssembly: there is no WebGPU here.'
        : 'There is no WebGPU here, so the model runs with WebAssembly.',
    lost: () =>
      'WebGPU stopped working, so the model runs with WebAssembly. Choose WebGPU to try it again.',
    failed: () =>
      'WebGPU did not get through its test here, so the model runs with WebAssembly. Choose WebGPU to test it again.',
    differs: () =>
      'WebGPU gives other results than WebAssembly with this model, so it is not used.',
    slower: ({ ms }: DeviceState) =>
      `The model runs with WebAssembly, which is the better one here: ${speeds(ms)}.`,
    faster: ({ ms }: DeviceState) =>
      `The model runs with WebGPU, which is faster here: ${speeds(ms)}.`,
  } satisfies Record<DeviceState['reason'], (state: DeviceState) => string>,
  deviceState: 'Device state',
  deviceTrying: 'Comparing WebGPU with WebAssembly…',
  deviceTrialCancelled: 'Cancelled. The device stays as it was.',
  // Contract: the name of the list.
  model: 'Embedding model',
  models: {
    'use-lite': 'Universal Sentence Encoder Lite',
    'use-lite-fp32': 'Universal Sentence Encoder Lite, full precision',
  } as Readonly<Record<string, string>>,
  modelOption: (name: string, size: string) => `${name} (${size})`,
  modelHint:
    'Another model reads all your notes once. Search goes on with the present one until it is done; going back then takes no time.',
  modelLanguages: 'This model knows English. Notes in other languages are found by their words.',
  modelBuilding: (name: string) =>
    `Reading your notes with ${name}. Search uses the former model until then.`,
  // Contract of the issue: the names of both file inputs.
  importModelFolder: 'Import model folder',
  importModelZip: 'Import model .zip',
  importModel: 'Import model',
  importModelHint:
    'Another sentence-embedding model from your disk: its folder, or a .zip of it, in the layout of Transformers.js (config.json, tokenizer.json, tokenizer_config.json and an ONNX file). It is kept on this device. Where it says that its vectors may be cut, each shorter length is a model to choose, too.',
  importModelResult: 'Model import result',
  modelImporting: (percent: number) => `Reading the model… ${percent}%`,
  modelImported: (name: string, size: string) =>
    `Imported “${name}” (${size}). Choose it above to use it.`,
  cutTo: (dimensions: number) => `cut to ${dimensions} numbers`,
  modelImportCancelled: 'Cancelled. Nothing was kept of the model.',
  removeModel: (name: string) => `Remove “${name}”`,
  removeModelHint: 'A workspace that still uses a removed model goes back to the built-in one.',
  modelRemoved: (name: string) => `Removed the model “${name}”.`,
  modelFault: {
    'config-missing': () => 'This is no model folder: config.json is missing.',
    'tokenizer-missing': (file: string) => `This model cannot be used: ${file} is missing.`,
    'weights-missing': () =>
      'This model cannot be used: there is no ONNX file in it (onnx/model.onnx, or model_quantized, _int8, _fp16, _q4).',
    'other-runtime': (file: string) =>
      `This model cannot be used: its weights (${file}) are for another program. It has to be exported to ONNX first.`,
    'split-weights': (file: string) =>
      `This model cannot be used: the weights of ${file} are in a second file, which browsers cannot load. Take a smaller variant.`,
    'not-json': (file: string) => `This model cannot be used: ${file} is damaged or too large.`,
    pooling: (mode: string) =>
      `This model cannot be used: it makes one vector of many in a way that is not known here (${mode}). Mean, first (cls) and last token are.`,
    'extra-layer': (kind: string) =>
      `This model cannot be used: it has a further layer (${kind}) that is not in its ONNX file.`,
    dimensions: () =>
      'This model cannot be used: its config.json does not say how long its vectors are (hidden_size).',
    generative: (kind: string) =>
      `This is a model that writes text (${kind}), not one that makes vectors of sentences.`,
    'too-large': () => 'This model is too large for a browser: the limit is 1 GB.',
    'not-zip': () => 'This is no .zip file, or a part of it is missing.',
    damaged: (file: string) => `This model cannot be used: ${file} is damaged in this .zip file.`,
    unreachable: (file: string) =>
      `This model could not be fetched: ${file} did not come. Check the connection and try again.`,
    differs: (file: string) =>
      `This model is not used: ${file} is not the file that the list of models names. Whoever hosts Findling has to list the models anew.`,
  },
  hostedBad: (names: string) =>
    `Some models beside the app cannot be used, as their entries in its list are not right: ${names}.`,
  useModel: (name: string) => `Use “${name}”?`,
  useThisModel: 'Use this model',
  modelTest: 'Model test',
  modelFetching: (percent: number) => `Fetching the model… ${percent}%`,
  modelTesting: 'Testing the model…',
  modelTells: (separation: number) =>
    `Related texts stand out from unrelated ones by ${oneDecimal.format(separation)} deviations (the built-in model: 4.9). More is better.`,
  modelVague:
    'It hardly tells related English texts from unrelated ones: expect little of it, unless it was made for another language.',
  modelSpeed: (ms: number) => `${oneDecimal.format(ms)} ms a passage on this device.`,
  modelMemory: (size: string, dimensions: number) =>
    `${size} of memory; ${n(dimensions)} numbers a passage.`,
  modelSingle:
    'Its vectors depend on what is read together, as with many quantised models. It is run one passage at a time, which is slower.',
  modelRefused: {
    load: () => 'This model cannot be used: it could not be loaded.',
    operator: (name: string) =>
      `This model cannot be used: it needs the operator ${name}, which is not known here.`,
    shape: (detail: string) =>
      `This model cannot be used: what it gives is not the vectors that its config.json states. ${detail}`,
    numbers: () => 'This model cannot be used: its vectors hold what are no numbers.',
    unsteady: () =>
      'This model cannot be used: it gives another vector for the same text each time.',
    batch: (cosine: string) =>
      `This model cannot be used: its vectors depend too much on what is read together (cosine ${cosine}). Take a variant that is not quantised.`,
  } satisfies Record<ModelFault, (detail: string) => string>,
  exportVectors: 'Export vectors',
  exportHint: 'One passage a line, with the text that was embedded and the model’s own vector.',
  exportProgress: (passages: number) => `${plural(passages, 'passage', 'passages')} so far`,
  exportDone: (passages: number) => `Exported ${plural(passages, 'passage', 'passages')}.`,
  exportCancelled: 'The export was cancelled.',
  rebuild: 'Rebuild index',
  rebuildHint:
    'Makes every vector anew. Your notes stay as they are, and search goes on by words meanwhile.',
  rebuilding: 'The index is being rebuilt.',
  rename: 'Rename',
  renameWorkspace: (name: string) => `Rename “${name}”`,
  deleteWorkspace: (name: string) => `Delete “${name}”`,
  deleteWorkspaceHint: (name: string) =>
    `All notes in “${name}” are deleted for good. To go on, type its name.`,
  typeName: 'Name of the workspace',
  /** 0 where only earlier texts are left. */
  foundHint: (notes: number) =>
    notes === 1
      ? 'There is a note on this device that belongs to no workspace. Keep it as a workspace of its own, or delete it.'
      : `There are ${notes === 0 ? 'earlier texts of notes' : `${n(notes)} notes`} on this device that belong to no workspace. Keep them as a workspace of their own, or delete them.`,
  foundKept: (name: string) => `Kept as the workspace “${name}”.`,
  foundDeleted: 'Deleted the found notes.',
  deleteFound: 'Delete found notes',
  deleteFoundHint: (notes: number) =>
    notes === 1
      ? 'This note is deleted for good. To look at it first, keep it.'
      : `${notes === 0 ? 'These texts' : `All ${n(notes)} notes`} are deleted for good. To look at them first, keep them.`,
  keep: 'Keep',
  open: 'Open',
  discard: 'Discard',
  leftOver: 'Text that was not saved',
  leftOverHint: (workspace: string) =>
    `The workspace “${workspace}” was deleted in another tab before this text was saved.`,
  leftOverKeep: (workspace: string) => `Keep in “${workspace}”`,
  leftOverKept: (total: number, workspace: string) =>
    `Kept ${plural(total, 'note', 'notes')} in “${workspace}”.`,
  leftOverDiscarded: 'Discarded the text.',
  workspaceDeleted: (name: string) => `Deleted the workspace “${name}”.`,
  save: 'Save',
  delete: 'Delete',
  workspaces: 'Workspaces',
  data: 'Data',
  // Contract: the names of the button and of the file input.
  exportBackup: 'Export backup',
  backupHint:
    'All notes of this workspace as Markdown files with their folders and images, in one .zip.',
  backupProgress: (done: number, total: number) => `${n(done)} of ${n(total)} notes`,
  backedUp: (total: number) => `Backed up ${plural(total, 'note', 'notes')}.`,
  restoreBackup: 'Restore backup',
  restoreHint:
    'Adds what is missing here. Where a note was changed on both sides, the later text stays and the other one becomes an earlier version of it.',
  restoreResult: 'Restore result',
  restoreReading: (done: number, total: number) => `Comparing: ${n(done)} of ${n(total)} files`,
  restoreWriting: (done: number, total: number) => `Restoring: ${n(done)} of ${n(total)} files`,
  restoreOpening: 'Opening the backup…',
  restoreProgress: 'Restore',
  /** The button that restores what was counted. */
  restoreNow: 'Restore',
  restoreQuestion: (added: number, updated: number, kept: number, same: number, bad: number) =>
    [
      `${plural(added, 'note', 'notes')} to add`,
      updated > 0 && `${n(updated)} newer in the backup`,
      kept > 0 && `${n(kept)} to stay as changed here`,
      `${n(same)} the same`,
      bad > 0 && plural(bad, 'file that cannot be read', 'files that cannot be read'),
    ]
      .filter(Boolean)
      .join(', '),
  restoreAskedElsewhere: 'The backup was read. Restore it under Settings.',
  restoreLookHere: 'Open Settings',
  restoreCancelled: 'Cancelled. What had been restored by then stays.',
  restoreNotBegun: 'Cancelled. Nothing was restored.',
  restoreDamagedList:
    'This is not a backup that can be read whole: a part of it is missing or damaged. What could be found in it is restored.',
  restoredCounts: (added: number, updated: number, same: number, kept: number) =>
    [
      `Restored ${plural(added, 'note', 'notes')}`,
      updated > 0 && `brought ${n(updated)} up to date`,
      kept > 0 && `kept ${n(kept)} as changed here`,
      same > 0 && `${n(same)} were the same`,
    ]
      .filter(Boolean)
      .join(', '),
  restoreSkip: {
    type: 'Neither a note nor an image of a note',
    large: (limit: string) => `Larger than ${limit}`,
    text: 'It is not text in UTF-8',
    image: 'The image is damaged',
    damaged: 'The file is damaged: it is not what was backed up',
    locked: 'The file is encrypted',
    packing: 'The file is packed in a way that cannot be read here',
    failed: 'This note could not be stored',
    outward: 'Its name leads out of the backup',
    renamed: 'Its name is damaged',
    twice: 'Another file in the backup has the same name',
  },
  deleteAll: 'Delete all data',
  deleteAllHint: 'Deletes every note, workspace and setting from this browser, for good.',
  deleteAllCopies: (host: string) =>
    `Other copies of Findling at this address (${host}) lose their notes, too. Other apps are left alone.`,
  deleteAllWord: 'delete',
  deleteAllType: 'Type “delete” to go on',
  about: 'About',
  aboutPrivate:
    'Findling keeps and searches your notes in this browser. Nothing is ever sent anywhere.',
  aboutModel: 'Meaning is found with Universal Sentence Encoder Lite by Google, under Apache-2.0.',
  attribution: 'Attribution and licence',
  version: (version: string, build: string) => `Version ${version}, build ${build}`,
  licences: 'Licences',
  licencesHint: (total: number) =>
    `Findling is under Apache-2.0, and made with ${plural(total, 'work', 'works')} of others. Open one to read its licence.`,
  licencesFailed: 'The licences could not be loaded. Check that Findling is still served.',
} as const;
