import { tags as t, tagHighlighter } from '@lezer/highlight';

/** Classes of the parts of code, in the editor and in the reading view. Few, for few colours. */
export const codeLook = tagHighlighter([
  { tag: [t.comment, t.meta, t.docComment], class: 'code-comment' },
  {
    tag: [t.keyword, t.controlKeyword, t.operatorKeyword, t.modifier, t.tagName, t.self],
    class: 'code-keyword',
  },
  { tag: [t.string, t.special(t.string), t.regexp, t.character, t.inserted], class: 'code-string' },
  { tag: [t.number, t.bool, t.null, t.atom, t.unit, t.color, t.literal], class: 'code-number' },
  { tag: [t.typeName, t.className, t.namespace, t.attributeName], class: 'code-type' },
  {
    tag: [
      t.function(t.variableName),
      t.function(t.propertyName),
      t.definition(t.variableName),
      t.definition(t.propertyName),
      t.propertyName,
      t.macroName,
      t.heading,
    ],
    class: 'code-name',
  },
  { tag: [t.deleted, t.invalid], class: 'code-wrong' },
]);
