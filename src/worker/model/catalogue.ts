import {
  type ImportedModel,
  importedFolder,
  openImportedModels,
} from '../../storage/models/imported.ts';
import { MODELS, type ModelSpec } from './models.ts';

/** The models that can be loaded here: the built-in ones, and those imported on this device. */
export class Catalogue {
  readonly #base: string;
  #imported: ModelSpec[] = [];

  /** @param base URL of the app's folder, ending in `/` */
  constructor(base: string) {
    this.#base = base;
  }

  /** Built-in models first, then imported ones, oldest first, as of the last `refresh`. */
  get all(): readonly ModelSpec[] {
    return [...MODELS, ...this.#imported];
  }

  /** undefined: unknown here, perhaps imported in another tab since. */
  get(id: string): ModelSpec | undefined {
    return this.all.find((spec) => spec.id === id);
  }

  /** Reads again what is imported. A browser that does not let it has the built-in ones. */
  async refresh(): Promise<void> {
    const imported = await openImportedModels(this.#base)
      .list()
      .catch(() => []);
    this.#imported = imported.map(specOf);
  }
}

const specOf = ({ added: _added, ...model }: ImportedModel): ModelSpec => ({
  ...model,
  folder: importedFolder(model.id),
  version: 1,
});
