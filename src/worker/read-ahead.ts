/**
 * What `read` gives for 0 to `count` − 1, in order: while one is used, the next ones are under way,
 * `ahead` in all. The first ones are asked for at once, before anybody waits for them.
 */
export function readAhead<T>(
  count: number,
  ahead: number,
  read: (i: number) => Promise<T>,
): AsyncGenerator<T, void, void> {
  const underWay: Promise<T>[] = [];
  let begun = 0;
  const ask = (upTo: number): void => {
    while (begun < Math.min(count, upTo)) {
      const one = read(begun++);
      // Its turn comes, or nobody wants it any more.
      one.catch(() => {});
      underWay.push(one);
    }
  };
  ask(ahead);
  return (async function* () {
    for (let i = 0; i < count; i++) {
      ask(i + ahead);
      yield await underWay.shift()!;
    }
  })();
}
