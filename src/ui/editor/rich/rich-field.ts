import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyField,
  historyKeymap,
  indentLess,
  indentMore,
  isolateHistory,
  undo,
  undoDepth,
} from '@codemirror/commands';
import {
  deleteMarkupBackward,
  insertNewlineContinueMarkup,
  pasteURLAsLink,
} from '@codemirror/lang-markdown';
import { indentUnit } from '@codemirror/language';
import { findNext, findPrevious, openSearchPanel } from '@codemirror/search';
import {
  Annotation,
  type ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  Prec,
  type StateEffect,
  type Text,
  Transaction,
} from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { type TextChange, textChange } from '../../../text-change.ts';
import {
  type FieldEvents,
  type FieldOptions,
  type NoteField,
  RICH_LIMIT,
} from '../fields/field.ts';
import { byTouch } from '../fields/touch.ts';
import { ownDirections } from './directions.ts';
import { editorTheme } from './editor-theme.ts';
import { findPanel } from './find-panel.ts';
import { liveFormatting } from './formatting.ts';
import { foldedFrontMatter, textStart, unfoldFor } from './front-matter.ts';
import { linkAt, tagAt } from './link-at.ts';
import { litPassage } from './lit-passage.ts';
import { noteLanguage } from './note-language.ts';
import { richPaste } from './paste.ts';
import { completeTags } from './tags.ts';
import { completeLinks } from './wiki-links.ts';
import { W } from './words.ts';

/** Longest undo history kept beyond the session, UTF-16 units of its JSON. */
const HISTORY_LIMIT = 256 * 1024;

const fromOutside = Annotation.define<boolean>();
/** What is stored beside the document. */
const FIELDS = { history: historyField };

/**
 * CodeMirror, in a shadow root: there it styles itself by adopted style sheets, which the content
 * security policy allows.
 */
export function makeRichField(
  host: HTMLElement,
  options: FieldOptions,
  events: FieldEvents,
): NoteField {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const writing = new Compartment();
  const markup = new Compartment();
  let rich = options.text.length <= RICH_LIMIT;
  const readOnly = (on: boolean): Extension => [
    EditorState.readOnly.of(on),
    EditorView.contentAttributes.of({ 'aria-readonly': String(on) }),
  ];

  const input = tellInput(events);
  const lit = litPassage();
  let place: StateEffect<unknown> | null = null;
  const extensions: Extension[] = [
    // Line ends are kept as they are: positions are those of the stored text.
    EditorState.lineSeparator.of('\n'),
    history(),
    drawSelectionWhereSafe(),
    EditorView.lineWrapping,
    ownDirections,
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      spellcheck: 'true',
      autocapitalize: 'sentences',
      dir: 'auto',
    }),
    indentUnit.of('  '),
    EditorState.phrases.of(W.phrases),
    findPanel(W.findWords, (shown, { from, to }) => lit.show(shown, from, to)),
    keymap.of([
      { key: 'Mod-f', run: openSearchPanel, scope: 'editor search-panel' },
      { key: 'F3', run: findNext, shift: findPrevious, scope: 'editor search-panel' },
      { key: 'Mod-g', run: findNext, shift: findPrevious, scope: 'editor search-panel' },
      { key: 'Tab', run: inList(indentMore), shift: inList(indentLess) },
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
    ]),
    editorTheme,
    lit.extension,
    foldedFrontMatter((tr) => tr.annotation(fromOutside) === true),
    writing.of(readOnly(options.readOnly)),
    markup.of(rich ? markdownExtensions(events) : []),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      if (update.transactions.some((one) => one.annotation(fromOutside))) input.told();
      else if (rich) events.onInput();
      else input.touched(update.changes, update.state.doc);
      const fits = update.state.doc.length <= RICH_LIMIT;
      if (fits === rich) return;
      rich = fits;
      queueMicrotask(() =>
        view.dispatch({ effects: markup.reconfigure(rich ? markdownExtensions(events) : []) }),
      );
    }),
    Prec.highest(
      EditorView.domEventHandlers({
        // The browser's undo is one for the whole page: asked for elsewhere, it is not for this text.
        beforeinput(event, { hasFocus }) {
          if (hasFocus || !event.inputType.startsWith('history')) return false;
          event.preventDefault();
          return true;
        },
      }),
    ),
    EditorView.domEventHandlers({
      blur() {
        input.now();
        events.onBlur();
      },
    }),
  ];

  const view = new EditorView({
    root,
    parent: root,
    state: startState(options, extensions),
  });
  const first = textStart(view.state);
  if (first > 0) view.dispatch({ selection: { anchor: Math.min(first, view.state.doc.length) } });

  return {
    text: () => view.state.doc.toString(),
    show(text, undoable) {
      const old = view.state.doc.toString();
      if (old === text) return;
      view.dispatch({
        changes: textChange(old, text),
        annotations: [
          fromOutside.of(true),
          Transaction.addToHistory.of(undoable),
          // A step of its own, not one with what was typed a moment before.
          isolateHistory.of('full'),
        ],
      });
    },
    undo: () => undo(view),
    canUndo: () => undoDepth(view.state) > 0,
    reveal(start, end) {
      const anchor = Math.min(start, view.state.doc.length);
      unfoldFor(view, anchor);
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      });
      lit.show(view, anchor, end);
      if (!byTouch()) view.focus();
    },
    focus: () => view.focus(),
    hasFocus: () => view.hasFocus,
    selection() {
      const { anchor, head } = view.state.selection.main;
      return [anchor, head];
    },
    select([anchor, head]) {
      const most = view.state.doc.length;
      view.dispatch({
        selection: { anchor: Math.min(anchor, most), head: Math.min(head, most) },
        scrollIntoView: true,
      });
    },
    busy: () => null,
    keepPlace() {
      place = view.scrollSnapshot();
    },
    returnToPlace() {
      if (place) view.dispatch({ effects: place });
      place = null;
    },
    setReadOnly(on) {
      if (view.state.readOnly !== on) view.dispatch({ effects: writing.reconfigure(readOnly(on)) });
    },
    find: () => openSearchPanel(view),
    history() {
      if (!rich) return null;
      const { doc: _text, ...kept } = view.state.toJSON(FIELDS);
      const json = JSON.stringify(kept);
      return json.length > HISTORY_LIMIT ? null : json;
    },
    destroy() {
      input.now();
      lit.end();
      view.destroy();
    },
  };
}

/**
 * A long text is put together only when it is saved: at every key it would be felt. What changed is
 * told at once.
 */
function tellInput({ onInput, onTouch }: Pick<FieldEvents, 'onInput' | 'onTouch'>) {
  let changes: ChangeSet | null = null;
  const now = (): void => {
    if (!changes) return;
    changes = null;
    onInput();
  };
  return {
    now,
    /** What was told or shown from outside is the text as it is. */
    told(): void {
      changes = null;
    },
    touched(change: ChangeSet, doc: Text): void {
      changes = changes ? changes.compose(change) : change;
      onTouch(wholeChange(changes, doc), now);
    },
  };
}

/** All changes as one: from the first that changed to the last. */
function wholeChange(changes: ChangeSet, doc: Text): TextChange {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  let end = 0;
  changes.iterChangedRanges((fromA, toA, _fromB, toB) => {
    from = Math.min(from, fromA);
    to = toA;
    end = toB;
  });
  return { from, to, insert: doc.sliceString(from, end) };
}

const markdownExtensions = (events: FieldEvents): Extension => [
  noteLanguage,
  Prec.high(
    keymap.of([
      { key: 'Enter', run: insertNewlineContinueMarkup },
      { key: 'Backspace', run: deleteMarkupBackward },
      { key: 'Mod-b', run: (view) => wrap(view, '**') },
      { key: 'Mod-i', run: (view) => wrap(view, '_') },
      {
        key: 'Mod-Enter',
        run(view) {
          const { head } = view.state.selection.main;
          const link = linkAt(view.state, head);
          const tag = link ? null : tagAt(view.state, head);
          if (link) events.onLink(link);
          else if (tag) events.onTag(tag);
          return link !== null || tag !== null;
        },
      },
    ]),
  ),
  autocompletion({
    override: [completeLinks(events), completeTags(events)],
    icons: false,
    maxRenderedOptions: 40,
    activateOnTypingDelay: 50,
  }),
  liveFormatting(events),
  richPaste(events),
  pasteURLAsLink,
];

/** Carries the undo history over from the last time; without it when it cannot be read. */
function startState(options: FieldOptions, extensions: Extension[]): EditorState {
  if (options.history) {
    try {
      const kept = JSON.parse(options.history);
      return EditorState.fromJSON(
        { ...kept, doc: options.text, selection: { ranges: [{ anchor: 0, head: 0 }], main: 0 } },
        { extensions },
        FIELDS,
      );
    } catch {
      // Written by another version of the editor.
    }
  }
  return EditorState.create({ doc: options.text, extensions });
}

/** The browser's own selection shows on touch screens with handles to drag. */
const drawSelectionWhereSafe = (): Extension =>
  byTouch()
    ? []
    : drawSelection({
        cursorBlinkRate: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 1_200,
      });

/** Elsewhere Tab goes on to the next control, as anywhere on the page. */
const inList = (run: (view: EditorView) => boolean) => (view: EditorView) => {
  const { text } = view.state.doc.lineAt(view.state.selection.main.head);
  return /^\s*(?:[-*+]|\d+[.)])\s/.test(text) && run(view);
};

/** Puts signs around what is selected, or takes them away. */
function wrap(view: EditorView, sign: string): boolean {
  if (view.state.readOnly) return true;
  view.dispatch(
    view.state.changeByRange((range) => {
      const before = view.state.sliceDoc(range.from - sign.length, range.from);
      const after = view.state.sliceDoc(range.to, range.to + sign.length);
      if (before === sign && after === sign) {
        return {
          changes: [
            { from: range.from - sign.length, to: range.from },
            { from: range.to, to: range.to + sign.length },
          ],
          range: EditorSelection.range(range.from - sign.length, range.to - sign.length),
        };
      }
      return {
        changes: [
          { from: range.from, insert: sign },
          { from: range.to, insert: sign },
        ],
        range: EditorSelection.range(range.from + sign.length, range.to + sign.length),
      };
    }),
    { userEvent: 'input.format' },
  );
  return true;
}
