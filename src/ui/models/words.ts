import type { DeviceState, ModelFault } from '../../protocol.ts';
import { n } from '../core/strings.ts';

const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const speeds = (ms: DeviceState['ms']): string =>
  ms
    ? `${oneDecimal.format(ms.wasm)} ms a passage with WebAssembly, ${oneDecimal.format(ms.webgpu)} ms with WebGPU`
    : '';

/** Words for models and devices: fetched with Settings and Health. */
export const W = {
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
} as const;
