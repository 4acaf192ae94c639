/** How code looks: the window's colours and type, in light and in dark. */
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const codeLook = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontSize: 'var(--size-panel)', lineHeight: '1.6' },
  '.cm-content': { fontVariantLigatures: 'none' },
  '.cm-deletedChunk': { backgroundColor: 'var(--error-soft)', padding: '0 12px 0 4px' },
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--warning-soft)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 12px 0 8px' },
  '.cm-line': { padding: '0 12px 0 4px', cursor: 'pointer' },
  '.cm-ofNode': { backgroundColor: 'var(--accent-soft)' },
  '.cm-selectionBackground, ::selection': { backgroundColor: 'var(--pressed) !important' },
});

export const codeColours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.self], color: 'var(--category-merge)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--category-pooling)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--category-shape)' },
  { tag: [tags.comment, tags.docComment], color: 'var(--text-faint)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.function(tags.variableName)), tags.className], color: 'var(--category-dense)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--category-sequence)' },
  { tag: tags.propertyName, color: 'var(--text)' },
  { tag: tags.heading, fontWeight: '600' },
]);
