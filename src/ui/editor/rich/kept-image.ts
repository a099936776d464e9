import { type EditorView, WidgetType } from '@codemirror/view';
import { imageTypeOf } from '../../../image-files.ts';
import { unescaped } from '../../../markdown/entities.ts';
import { isElsewhere } from '../../../paths.ts';

/** URL of an image by its address; null for one that is not kept here. */
export type Urls = (address: string) => Promise<string | null>;

/** An image as it is written on one line, with an address that has no title behind it. */
const IMAGE = /^!\[([^\]\n]*)\]\((?:<([^<>\n]*)>|([^\s()<>]*))\)$/;

/** The address of what may be kept here: an attachment, or the path of an image. Null for others. */
export function keptAddress(written: string): string | null {
  const image = IMAGE.exec(written);
  const address = image && unescaped(image[2] ?? image[3] ?? '');
  if (!address) return null;
  if (/^attachment:[0-9a-f]{64}$/.test(address)) return address;
  return !isElsewhere(address) && imageTypeOf(address.replace(/[?#].*$/, '')) ? address : null;
}

/** An image in place of its signs; where it is not kept here these stand as they are written. */
export class KeptImage extends WidgetType {
  readonly #written: string;
  readonly #address: string;
  readonly #url: Urls;
  constructor(written: string, address: string, url: Urls) {
    super();
    this.#written = written;
    this.#address = address;
    this.#url = url;
  }
  override eq(other: KeptImage): boolean {
    return other.#written === this.#written;
  }
  override toDOM(view: EditorView): HTMLElement {
    const host = document.createElement('span');
    const image = document.createElement('img');
    image.className = 'md-image';
    image.alt = IMAGE.exec(this.#written)?.[1] ?? '';
    image.addEventListener('load', () => view.requestMeasure());
    host.append(image);
    void this.#url(this.#address).then((url) => {
      if (url) {
        image.src = url;
        return;
      }
      host.className = 'md-sign';
      host.textContent = this.#written;
      view.requestMeasure();
    });
    return host;
  }
}
