/**
 * What `read` gives for 0 to `count` − 1, in order: while one is used, the next ones are under way,
 * `ahead` in all.
 */
export async function* readAhead<T>(
  count: number,
  ahead: number,
  read: (i: number) => Promise<T>,
): AsyncGenerator<T, void, void> {
  const underWay: Promise<T>[] = [];
  let begun = 0;
  for (let i = 0; i < count; i++) {
    while (begun < Math.min(count, i + ahead)) {
      const one = read(begun++);
      // Its turn comes, or nobody wants it any more.
      one.catch(() => {});
      underWay.push(one);
    }
    yield await underWay.shift()!;
  }
}
