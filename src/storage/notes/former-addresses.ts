/**
 * Earlier imports wrote `attachment:ID` where a file has the path of an image. These tell such a text
 * from one that was changed, and lead back. Pure.
 */

/** An image in a file's text: where its address stands, and the attachment that it leads to. */
export interface ShownImage {
  from: number;
  to: number;
  attachment: string;
}

const ADDRESS = /attachment:[0-9a-f]{64}/y;

/** Whether a stored text is a file's, but for addresses that an earlier import wrote. */
export function isButForAddresses(
  stored: string,
  text: string,
  images: readonly ShownImage[],
): boolean {
  let at = 0;
  let done = 0;
  for (const { from, to } of images) {
    const before = text.slice(done, from);
    if (!stored.startsWith(before, at)) return false;
    at += before.length;
    done = to;
    ADDRESS.lastIndex = at;
    const [written] = ADDRESS.exec(stored) ?? [text.slice(from, to)];
    if (!stored.startsWith(written, at)) return false;
    at += written.length;
  }
  return stored.slice(at) === text.slice(done);
}

/** A text that was changed here, with the addresses of its file's images as the file has them. */
export function withFileAddresses(
  stored: string,
  text: string,
  images: readonly ShownImage[],
): string {
  const addresses = new Map<string, string>();
  for (const { from, to, attachment } of images) {
    const address = text.slice(from, to);
    if (!addresses.has(attachment)) addresses.set(attachment, address);
  }
  return stored.replace(
    /attachment:([0-9a-f]{64})/g,
    (written, id: string) => addresses.get(id) ?? written,
  );
}
