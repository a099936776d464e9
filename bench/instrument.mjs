/**
 * Runs in the page before anything of the app (its source is handed over, so it uses nothing from
 * around it). Puts `globalThis.probe` there: what crosses, what is said, and how long the main
 * thread was busy.
 */
export function instrument() {
  const now = () => performance.now();
  const probe = {
    /** [time, message] of the workspace's BroadcastChannel, as this page hears them. */
    heard: [],
    /** Bytes and messages to and from workers, by kind. */
    wire: {},
    countWire: false,
    saves: [],
    onSaved: null,
    worker: null,
    /** It hears what is asked; before that a question would be lost. */
    ready: false,
  };
  globalThis.probe = probe;

  // ——— Workers: a line of its own into the engine, and what crosses ———
  const sizeOf = (value) => {
    if (value === null || value === undefined || typeof value === 'boolean') return 1;
    if (typeof value === 'number') return 8;
    if (typeof value === 'string') return 2 * value.length;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
    if (value instanceof MessagePort) return 0;
    return Object.entries(value).reduce((n, [key, v]) => n + 2 * key.length + sizeOf(v), 0);
  };
  const count = (kind, data) => {
    probe.wire[kind] ??= { messages: 0, bytes: 0, largest: 0, binary: false };
    const entry = probe.wire[kind];
    const bytes = sizeOf(data);
    entry.messages++;
    entry.bytes += bytes;
    entry.largest = Math.max(entry.largest, bytes);
    // Vectors would come as arrays of bytes or floats.
    const hasBinary = (value) =>
      value instanceof ArrayBuffer ||
      ArrayBuffer.isView(value) ||
      (typeof value === 'object' && value !== null && Object.values(value).some(hasBinary));
    entry.binary ||= hasBinary(data);
  };
  const kinds = new Map();
  const NativeWorker = globalThis.Worker;
  globalThis.Worker = class extends NativeWorker {
    constructor(url, options) {
      super(url, options);
      probe.worker = this;
      probe.ready = false;
      this.addEventListener('message', ({ data }) => {
        if (data?.findling === 'ready') probe.ready = true;
        if (!probe.countWire || String(data?.id).startsWith('bench-')) return;
        count(`${kinds.get(data?.id) ?? 'greeting'} answer, worker to page`, data);
      });
    }
    postMessage(data, ...rest) {
      if (probe.countWire && !String(data?.id).startsWith('bench-')) {
        const kind = data?.path?.join('.') || data?.type || 'other';
        kinds.set(data?.id, kind);
        count(`${kind}, page to worker`, data);
      }
      super.postMessage(data, ...rest);
    }
  };
  let calls = 0;
  probe.call = (verb, ...args) =>
    new Promise((resolve, reject) => {
      const { worker } = probe;
      const id = `bench-${++calls}`;
      const onMessage = ({ data }) => {
        if (data?.id !== id) return;
        worker.removeEventListener('message', onMessage);
        if (data.type === 'RAW') resolve(data.value);
        else reject(new Error(JSON.stringify(data.value)));
      };
      worker.addEventListener('message', onMessage);
      const argumentList = args.map((value) => ({ type: 'RAW', value }));
      worker.postMessage({ id, type: 'APPLY', path: [verb], argumentList });
    });
  probe.search = (query) => probe.call('search', query, { limit: 30, cancelId: `bench-c${calls}` });
  probe.timedSearch = async (query) => {
    const began = now();
    const { meaning } = await probe.search(query);
    return { ms: now() - began, meaning };
  };

  // ——— What the engine tells every tab ———
  const NativeChannel = globalThis.BroadcastChannel;
  globalThis.BroadcastChannel = class extends NativeChannel {
    constructor(name) {
      super(name);
      this.addEventListener('message', ({ data }) => {
        if (!data?.message) return;
        probe.heard.push([now(), data.message]);
        if (probe.countWire) count(`"${data.message.t}", broadcast`, data);
      });
    }
  };
  probe.lastState = () =>
    probe.heard.findLast(([, { t }]) => t === 'status')?.[1].status.state ?? 'none';
  /** When the index was first busy, and when it was up to date again, since `from`. */
  probe.run = (from) => {
    const after = probe.heard.filter(([at, { t }]) => at >= from && t === 'status');
    const began = after.find(([, { status }]) => status.state === 'indexing')?.[0];
    const ended = after.findLast(([, { status }]) => status.state === 'idle')?.[0];
    return { began, ended };
  };
  probe.commitOf = (note, from) =>
    probe.heard.find(([at, m]) => at >= from && m.t === 'commit' && m.ids.includes(note))?.[0];

  // ——— The main thread ———
  let beating = false;
  let beats = [];
  let tasks = [];
  new PerformanceObserver((entries) => {
    if (beating)
      for (const { duration, startTime } of entries.getEntries()) tasks.push([startTime, duration]);
  }).observe({ type: 'longtask' });
  // Files are handed over by the browser in one task of its own, at whose end the app's first code
  // runs, told by this event: what lies before it is not the app's.
  let pickedAt = 0;
  addEventListener(
    'change',
    () => {
      pickedAt = now();
    },
    { capture: true },
  );
  /** The app's part of a time span. */
  const ours = (from, to) => (from < pickedAt && pickedAt <= to ? to - pickedAt : to - from);
  /** A timer as often as the browser allows (4 ms): a late one tells of a task before it. */
  probe.startBeat = () => {
    beating = true;
    beats = [];
    tasks = [];
    let due = now() + 4;
    const beat = () => {
      if (!beating) return;
      const at = now();
      if (at > due) beats.push([due, at]);
      else beats.push([at, at]);
      due = now() + 4;
      setTimeout(beat, 4);
    };
    setTimeout(beat, 4);
  };
  probe.stopBeat = async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    beating = false;
    const late = beats.map(([from, to]) => ours(from, to)).sort((a, b) => b - a);
    const durations = tasks.map(([from, length]) => ours(from, from + length));
    const picking = tasks.find(([from, length]) => from < pickedAt && pickedAt <= from + length);
    return {
      longTasks: tasks
        .map(([from], i) => ({ at: from - pickedAt, ms: durations[i] }))
        .filter((task) => task.ms > 50),
      // The browser names every task over 50 ms. A later timer without one means that the thread
      // got no core, or that several tasks came one after another.
      longest: Math.max(Math.min(50, late[0] ?? 0), ...durations),
      latest: late[0] ?? 0,
      picking: picking ? pickedAt - picking[0] : 0,
      beats: beats.length,
      p99: late[Math.floor(late.length / 100)] ?? 0,
      over16: late.filter((length) => length > 16).length,
    };
  };

  // ——— "Saved" ———
  probe.watchSaves = () => {
    let last = '';
    new MutationObserver(() => {
      const text =
        document.querySelector('[role="status"][aria-label="Save state"]')?.textContent ?? '';
      if (text === last) return;
      last = text;
      if (text !== 'Saved') return;
      probe.saves.push(now());
      probe.onSaved?.(now());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  };
}
