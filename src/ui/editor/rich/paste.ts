import { type Extension, Prec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { FieldEvents } from '../fields/field.ts';
import { pastedImages, pasteImages } from '../fields/paste-images.ts';
import { inCode } from './in-code.ts';

/** Rich text becomes Markdown, images are kept; without either the browser's own way. */
export function richPaste(events: Pick<FieldEvents, 'keepImage'>): Extension {
  return Prec.high(
    EditorView.domEventHandlers({
      paste(event, view) {
        const data = event.clipboardData;
        if (!data || view.state.readOnly) return false;
        const text = data.getData('text/plain');
        const html = data.getData('text/html');
        const images = pastedImages(data);
        if (images.length > 0) {
          event.preventDefault();
          void pasteImages(images, events, (markdown) => insert(view, markdown));
          return true;
        }
        // An address on top of selected words makes a link of them: another's job.
        const address = !view.state.selection.main.empty && /^https?:\/\/\S+$/.test(text.trim());
        // Between fences, what is pasted is meant letter by letter.
        if (!html || address || inCode(view.state, view.state.selection.main.from)) return false;
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
