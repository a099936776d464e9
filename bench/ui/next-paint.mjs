/**
 * In the page: from an event's own time, so that its waiting in the queue counts, to the end of the
 * frame that follows it, ms. `nextPaint.take(type)` gives those since the last time.
 */
export function watchNextPaint() {
  const taken = new Map();
  const watch = (type) =>
    addEventListener(
      type,
      (event) => {
        if (!event.isTrusted) return;
        const { timeStamp } = event;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const times = taken.get(type) ?? [];
            times.push(performance.now() - timeStamp);
            taken.set(type, times);
          };
          port2.postMessage(null);
        });
      },
      { capture: true, passive: true },
    );
  for (const type of ['keydown', 'click', 'wheel']) watch(type);
  globalThis.nextPaint = {
    take(type) {
      const times = taken.get(type) ?? [];
      taken.delete(type);
      return times;
    },
  };
  // When the list of notes first has something in it.
  const look = () => {
    if (document.querySelector('ul[aria-label="All notes"] li')) {
      globalThis.nextPaint.usable = performance.now();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
