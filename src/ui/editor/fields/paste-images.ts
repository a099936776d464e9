import type { FieldEvents } from './field.ts';

/** The images of a paste that carries no text; none for any other. */
export const pastedImages = (data: DataTransfer): File[] =>
  data.getData('text/plain') ? [] : [...data.files].filter(({ type }) => type.startsWith('image/'));

/** Keeps pasted images one by one, and puts Markdown for each where `insert` does. */
export async function pasteImages(
  images: readonly File[],
  { keepImage }: Pick<FieldEvents, 'keepImage'>,
  insert: (text: string) => void,
): Promise<void> {
  for (const image of images) {
    const address = await keepImage(image);
    const name = image.name.replace(/\.[^.]*$/, '').replace(/[[\]\n\\]/g, ' ');
    if (address) insert(`![${name}](${address})`);
  }
}
