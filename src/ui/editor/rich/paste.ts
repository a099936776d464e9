import { type EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { FieldEvents } from '../fields/field.ts';

/** Rich text becomes Markdown, images are kept; without either the browser's own way. */
export function richPaste(events: Pick<FieldEvents, 'keepImage'>): Extension {
  return Prec.high(
    EditorView.domEventHandlers({
      paste(event, view) {
        const data = event.clipboardData;
        if (!data || view.state.readOnly) return false;
        const text = data.getData('text/plain');
        const html = data.getData('text/html');
        const images = [...data.files].filter(({ type }) => type.startsWith('image/'));
        if (images.length > 0 && !text) {
          event.preventDefault();
          void pasteImages(view, images, events);
          return true;
        }
        // An address on top of selected words makes a link of them: another's job.
        const address = !view.state.selection.main.empty && /^https?:\/\/\S+$/.test(text.trim());
        if (!html || address || inCode(view.state)) return false;
        event.preventDefault();
        void pasteHtml(view, html, text);
        return true;
      },
    }),
  );
}

const insert = (view: EditorView, text: string): void =>
  view.dispatch(view.state.replaceSelection(text), {
    userEvent: 'input.paste',
    scrollIntoView: true,
  });

async function pasteHtml(view: EditorView, html: string, text: string): Promise<void> {
  let markdown = text;
  try {
    const { htmlToMarkdown } = await import('./html-to-markdown.ts');
    const read = await htmlToMarkdown(html, () => new Promise((go) => setTimeout(go)));
    if (read.rich || !text) markdown = read.markdown;
  } catch {
    // Its plain text is there in any case.
  }
  if (markdown) insert(view, markdown);
}

async function pasteImages(
  view: EditorView,
  images: File[],
  { keepImage }: Pick<FieldEvents, 'keepImage'>,
): Promise<void> {
  for (const image of images) {
    const address = await keepImage(image);
    const name = image.name.replace(/\.[^.]*$/, '').replace(/[[\]\n\\]/g, ' ');
    if (address) insert(view, `![${name}](${address})`);
  }
}

/** Between fences, what is pasted is meant letter by letter. */
function inCode(state: EditorState): boolean {
  const { from } = state.doc.lineAt(state.selection.main.from);
  const before = state.sliceDoc(Math.max(0, from - 20_000), from);
  return (before.match(/^(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}
