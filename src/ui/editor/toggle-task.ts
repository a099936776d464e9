/** A text with the task at `at`, where its `[` stands, done or not done any more. */
export function toggledTask(text: string, at: number): string {
  const done = /^\[[xX]\]/.test(text.slice(at, at + 3));
  return `${text.slice(0, at + 1)}${done ? ' ' : 'x'}${text.slice(at + 2)}`;
}
