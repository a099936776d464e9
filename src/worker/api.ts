import type { WorkerApi } from '../protocol.ts';
import type { Engine } from './engine.ts';

/** The wire's verbs, one thin method each. */
export function makeApi(engine: Engine): WorkerApi {
  /** Calls under way, by cancel id; a cancel that comes too late names none of them. */
  const underWay = new Map<string, { cancelled: boolean }>();
  const cancellable = async <T>(id: string, work: (isCancelled: () => boolean) => Promise<T>) => {
    const call = { cancelled: false };
    underWay.set(id, call);
    try {
      return await work(() => call.cancelled);
    } finally {
      underWay.delete(id);
    }
  };
  return {
    enqueue: (request) => engine.intake.request(request),
    search: (query, { cancelId, ...options }) =>
      cancellable(cancelId, (isCancelled) => engine.search.search(query, options, isCancelled)),
    related: (note, { limit, unlinked, cancelId }) =>
      cancellable(cancelId, (isCancelled) =>
        engine.search.related(note, { limit, unlinked }, isCancelled),
      ),
    duplicates: (limit) => engine.search.duplicates(limit),
    cancel(id) {
      const call = underWay.get(id);
      if (call) call.cancelled = true;
    },
    health: () => engine.health(),
    storedSizes: () => engine.store.sizes(),
    checkIndex: (cancelId) =>
      cancellable(cancelId, (isCancelled) => engine.checkIndex(isCancelled)),
    noteMap: (how, cancelId) =>
      cancellable(cancelId, (isCancelled) => engine.noteMap(how, isCancelled)),
    noteMapProgress: () => engine.noteMapProgress,
    control: (verb) => engine.control(verb),
    setSetting: (name, value) => engine.settings.set(name, value),
    models: () => engine.settings.models(),
    chooseModel: (id) => engine.settings.chooseModel(id),
    device: () => engine.settings.device(),
    setDevice: (choice) => engine.settings.setDevice(choice),
    exportVectors: (after, limit) => engine.exportVectors(after, limit),
    probe: (texts) => engine.probe(texts),
    ping() {},
    shutdown: () => engine.shutdown(),
  };
}
