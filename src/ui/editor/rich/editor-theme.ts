import { markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, languageDataProp, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { type Highlighter, tags } from '@lezer/highlight';
import { codeLook } from '../code/code-look.ts';

/** The colours are the page's own custom properties: they reach into the shadow root. */
const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font)',
    fontSize: '1rem',
    lineHeight: '1.625rem',
    overflowX: 'hidden',
  },
  '.cm-content': {
    paddingBlock: '8px 40vh',
    // Mostly outside: a selection is drawn as wide as the padding lets it.
    marginInline: 'calc(var(--sheet-pad) - 12px)',
    paddingInline: '12px',
    caretColor: 'var(--accent)',
    overflowWrap: 'anywhere',
  },
  '.cm-line': { padding: '0', unicodeBidi: 'plaintext' },
  '.cm-content ::selection, .cm-line::selection': {
    backgroundColor: 'var(--mark)',
    color: 'var(--mark-ink)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--mark)' },
  '.cm-cursor': { borderLeft: '2px solid var(--accent)' },
  '.md-h': { fontWeight: '650', letterSpacing: '-0.01em', paddingTop: '12px' },
  '.md-h1': { fontSize: '1.5rem', lineHeight: '2rem' },
  '.md-h2': { fontSize: '1.25rem', lineHeight: '1.75rem' },
  '.md-h3': { fontSize: '1.0625rem' },
  '.md-quote': {
    borderInlineStart: '3px solid var(--line-strong)',
    paddingInlineStart: '12px',
    color: 'var(--quiet)',
  },
  '.md-code': {
    fontFamily: 'var(--mono)',
    fontSize: '0.875rem',
    lineHeight: '1.375rem',
    backgroundColor: 'var(--bg)',
    paddingInline: '12px',
  },
  '.md-callout': {
    borderInlineStart: '3px solid var(--callout, var(--line-strong))',
    paddingInlineStart: '12px',
    backgroundColor: 'var(--bg)',
  },
  '.md-callout-calm': { '--callout': 'var(--accent)' },
  '.md-callout-good': { '--callout': 'var(--fine)' },
  '.md-callout-careful': { '--callout': 'var(--busy)' },
  '.md-callout-bad': { '--callout': 'var(--danger)' },
  '.md-callout-title': { fontWeight: '650' },
  '.md-callout-kind': { color: 'var(--callout, var(--quiet))', marginInlineEnd: '4px' },
  '.md-depth-1': { paddingInlineStart: '28px' },
  '.md-depth-2': { paddingInlineStart: '44px' },
  '.md-depth-3': { paddingInlineStart: '60px' },
  '.md-depth-4': { paddingInlineStart: '76px' },
  '.md-front': { color: 'var(--quiet)', fontFamily: 'var(--mono)', fontSize: '0.875rem' },
  '.md-highlight, .md-mark': { backgroundColor: 'var(--mark)', color: 'var(--mark-ink)' },
  '.md-remark': { color: 'var(--quiet)' },
  '.md-footnote': { verticalAlign: 'super', fontSize: '0.75em', color: 'var(--accent)' },
  '.md-math': { fontFamily: 'var(--mono)', fontSize: '0.9em' },
  math: {
    fontFamily:
      '"Cambria Math", "STIX Two Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math',
  },
  '.md-formula-block': { display: 'block', overflowX: 'auto', paddingBlock: '8px' },
  '.md-u': { textDecoration: 'underline' },
  '.md-kbd': {
    padding: '0 5px',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
    fontFamily: 'var(--mono)',
    fontSize: '0.8125rem',
  },
  '.md-sub': { verticalAlign: 'sub', fontSize: '0.75em' },
  '.md-sup': { verticalAlign: 'super', fontSize: '0.75em' },
  '.md-term': { fontWeight: '650' },
  '.md-definition': { paddingInlineStart: '24px' },
  '.md-state': { marginInlineEnd: '6px', color: 'var(--quiet)', fontFamily: 'var(--mono)' },
  '.code-comment': { color: 'var(--quiet)', fontStyle: 'italic' },
  '.code-keyword': { color: 'var(--map-3)' },
  '.code-string': { color: 'var(--map-7)' },
  '.code-number': { color: 'var(--map-4)' },
  '.code-type': { color: 'var(--map-1)' },
  '.code-name': { color: 'var(--map-5)' },
  '.code-wrong': { color: 'var(--map-2)' },
  '.md-table': { fontFamily: 'var(--mono)', fontSize: '0.875rem' },
  '.md-rule': { borderBottom: '1px solid var(--line-strong)', lineHeight: '0.8125rem' },
  '.md-inline-code': {
    fontFamily: 'var(--mono)',
    fontSize: '0.9em',
    backgroundColor: 'var(--bg)',
    borderRadius: '4px',
    padding: '1px 4px',
  },
  '.md-sign': { color: 'var(--quiet)' },
  '.md-tag': {
    backgroundColor: 'var(--accent-soft)',
    borderRadius: '10px',
    padding: '1px 2px',
    cursor: 'pointer',
  },
  '.md-link.md-missing': { color: 'var(--quiet)', textDecorationStyle: 'dashed' },
  '.md-link': {
    color: 'var(--accent)',
    textDecoration: 'underline',
    textUnderlineOffset: '3px',
    cursor: 'pointer',
  },
  '.md-done': { color: 'var(--quiet)', textDecoration: 'line-through' },
  '.md-bullet': { color: 'var(--quiet)' },
  '.md-check': {
    width: '18px',
    height: '18px',
    margin: '0 6px 0 3px',
    verticalAlign: '-3px',
    accentColor: 'var(--accent)',
    cursor: 'pointer',
  },
  '.md-image': {
    display: 'inline-block',
    maxWidth: '100%',
    maxHeight: '360px',
    borderRadius: '8px',
    verticalAlign: 'top',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--mark)', color: 'var(--mark-ink)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--accent)' },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--ink)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.find': {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    paddingBlock: '8px',
    paddingInline: 'var(--sheet-pad)',
    font: '0.875rem / 1.25rem var(--font)',
  },
  '.find input': {
    flex: '1',
    minWidth: '0',
    maxWidth: '320px',
    minHeight: '32px',
    padding: '0 12px',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    backgroundColor: 'var(--surface)',
    color: 'inherit',
    font: 'inherit',
  },
  '.find input:focus-visible, .find button:focus-visible': {
    outline: '2px solid var(--accent)',
    outlineOffset: '1px',
  },
  '.find-count': {
    minWidth: '72px',
    paddingInline: '8px',
    color: 'var(--quiet)',
    fontVariantNumeric: 'tabular-nums',
  },
  '.find button': {
    width: '32px',
    height: '32px',
    border: '0',
    borderRadius: '8px',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
  },
  '.find button:hover': { backgroundColor: 'var(--hover)' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxWidth: 'min(480px, 90vw)',
    maxHeight: '240px',
    padding: '4px',
    fontFamily: 'var(--font)',
    fontSize: '0.875rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '4px 12px',
    borderRadius: '4px',
    lineHeight: '1.5rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { fontWeight: '650', textDecoration: 'none' },
});

/** Of Markdown's own nodes it would colour some, which are dressed by their names. */
const inCode: Highlighter = {
  style: (tags) => codeLook.style(tags),
  scope: (top) => top.prop(languageDataProp) !== markdownLanguage.data,
};

const styles = HighlightStyle.define([
  { tag: tags.strong, fontWeight: '650' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.processingInstruction, color: 'var(--quiet)' },
  { tag: tags.contentSeparator, color: 'var(--quiet)' },
]);

export const editorTheme = [theme, syntaxHighlighting(styles), syntaxHighlighting(inCode)];
