/** Models that whoever hosts the app has put beside it: `models/index.json` lists them. */
import type { ImportedModelFile } from '../../storage/models/imported.ts';

export interface HostedModel {
  id: string;
  /** Below `models/`. */
  folder: string;
  name: string;
  /** Every file of the folder. */
  files: ImportedModelFile[];
}

export interface HostedModels {
  models: HostedModel[];
  /** What of the list cannot be used: the entries' names, or the list's own. */
  bad: string[];
}

/** List of hosted models, below the app's folder. */
const HOSTED_LIST = 'models/index.json';
/** A path below the folder: no leading dots, no empty parts. */
const SAFE_PATH = /^(?!.*(?:^|\/)\.)[\w. -]+(?:\/[\w. -]+)*$/;

/** Without a list, or without network, there are none. */
export async function hostedModels(base: string): Promise<HostedModels> {
  const response = await fetch(new URL(HOSTED_LIST, base), { cache: 'no-cache' }).catch(() => null);
  if (!response?.ok) return { models: [], bad: [] };
  return readHosted(await response.json().catch(() => null));
}

/** Pure. */
export function readHosted(list: unknown): HostedModels {
  const entries = (list as { models?: unknown } | null)?.models;
  if (!Array.isArray(entries)) return { models: [], bad: [HOSTED_LIST] };
  const models: HostedModel[] = [];
  const bad: string[] = [];
  entries.forEach((entry: Partial<HostedModel> | null, i) => {
    const taken = models.some(({ id }) => id === entry?.id);
    if (isHosted(entry) && !taken) models.push(entry);
    else bad.push(typeof entry?.name === 'string' ? entry.name : `${HOSTED_LIST} [${i}]`);
  });
  return { models, bad };
}

function isHosted(entry: Partial<HostedModel> | null): entry is HostedModel {
  const { id, folder, name, files } = entry ?? {};
  const named = [id, folder, name].every((text) => typeof text === 'string' && text.length > 0);
  return named && SAFE_PATH.test(folder!) && Array.isArray(files) && files.every(isFile);
}

const isFile = (file: Partial<ImportedModelFile> | null): boolean =>
  typeof file?.path === 'string' &&
  SAFE_PATH.test(file.path) &&
  Number.isSafeInteger(file.bytes) &&
  file.bytes! >= 0 &&
  /^[0-9a-f]{64}$/.test(String(file.sha256));

/** Whether an imported model came of it, or is the same by its content. */
export const isImportedOf = (
  { files }: HostedModel,
  imported: readonly ImportedModelFile[],
): boolean => imported.every(({ sha256 }) => files.some((file) => file.sha256 === sha256));
