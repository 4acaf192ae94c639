/** One file of generated code, highlighted, to be read and copied: a line knows its nodes, a node its lines. */
import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { markdown } from '@codemirror/lang-markdown';
import { python } from '@codemirror/lang-python';
import { syntaxHighlighting } from '@codemirror/language';
import { unifiedMergeView } from '@codemirror/merge';
import { Compartment, EditorState, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, lineNumbers, type DecorationSet } from '@codemirror/view';
import { useEffect, useRef, type ReactNode } from 'react';
import { textOf, type SourceFile } from '../../shared/codegen/sourceFile';
import { codeColours, codeLook } from './codeLook';

interface CodeViewProps {
  file: SourceFile;
  /** The text that it is compared with; null: shown as it is. */
  before: string | null;
  label: string;
  /** Ids of nodes in the drawing whose lines are marked. */
  marked: ReadonlySet<string>;
  /** Ids of the nodes that the line which was clicked came from. */
  onPick: (nodes: readonly string[]) => void;
}

const comparing = new Compartment();

function compared(before: string | null): Extension {
  if (before === null) return [];
  return unifiedMergeView({ original: before, mergeControls: false, gutter: true, syntaxHighlightDeletions: true });
}

const markLines = StateEffect.define<readonly number[]>();
const lineMark = Decoration.line({ class: 'cm-ofNode' });

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(current, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(markLines)) continue;
      const { doc } = transaction.state;
      const within = effect.value.filter((line) => line <= doc.lines);
      return Decoration.set(within.map((line) => lineMark.range(doc.line(line).from)));
    }
    return transaction.docChanged ? Decoration.none : current;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function CodeView({ file, before, label, marked, onPick }: CodeViewProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const newest = useRef({ file, onPick });
  useEffect(() => {
    newest.current = { file, onPick };
  });
  const { path } = file;

  useEffect(() => {
    if (!element.current) return undefined;
    const pick = EditorView.domEventHandlers({
      click: (event, view) => {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at === null || !view.state.selection.main.empty) return;
        const { lines } = newest.current.file;
        newest.current.onPick(nodesOf(lines[view.state.doc.lineAt(at).number - 1]?.origins ?? []));
      },
    });
    const view = new EditorView({
      parent: element.current,
      state: EditorState.create({
        doc: textOf(newest.current.file),
        extensions: [
          lineNumbers(),
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          languageOf(path),
          syntaxHighlighting(codeColours),
          codeLook,
          marks,
          pick,
          comparing.of([]),
        ],
      }),
    });
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, [path, label]);

  useEffect(() => {
    editor.current?.dispatch({ effects: comparing.reconfigure(compared(before)) });
  }, [before, path, label]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const text = textOf(file);
    const shown = view.state.doc.toString();
    const changes = text === shown ? undefined : changed(shown, text);
    const lines = file.lines.flatMap(({ origins }, at) =>
      nodesOf(origins).some((id) => marked.has(id)) ? [at + 1] : [],
    );
    view.dispatch({ changes, effects: markLines.of(lines) });
    const first = lines[0];
    if (first === undefined || changes) return;
    const place = view.state.doc.line(first).from;
    view.dispatch({ effects: EditorView.scrollIntoView(place, { y: 'nearest', yMargin: 24 }) });
  }, [file, marked, path, label]);

  return <div ref={element} style={{ height: '100%' }} data-code={path} />;
}

/** The ids in the drawing, of paths that may lead into blocks. */
export function nodesOf(origins: readonly string[]): string[] {
  return [...new Set(origins.map((path) => path.split('/')[0] ?? path))];
}

/** Only what differs is replaced, so that the place that is read stays. */
function changed(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function languageOf(path: string): Extension {
  if (path.endsWith('.py')) return python();
  if (path.endsWith('.ts')) return javascript({ typescript: true });
  if (path.endsWith('.json')) return json();
  return path.endsWith('.md') ? markdown() : [];
}
