/** How long the file's URL stays valid, so that the browser can begin with the download, ms. */
const KEPT_MS = 60_000;

/** Offers a file to the person, as the browser saves downloads. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
