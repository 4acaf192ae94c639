/** Whatever a design calls things, exported TypeScript parses and has the shape that plain names give it. */
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { library } from '../../../../shared/library';
import { exportTfjs } from './exportedFolder';

interface Names {
  design: string;
  input: string;
  hidden: string;
  output: string;
  field: string;
  target: string;
  block: string;
}

const plain: Names = {
  ...{ design: 'plain', input: 'entry', hidden: 'middle', output: 'exit', field: 'x', target: 'y', block: 'part' },
};

/** A block, a shared layer, two paths that meet: everything that a name gets into. */
function designOf(names: Names): unknown {
  return {
    netloom: 1,
    name: names.design,
    notes: names.hidden,
    nodes: [
      { id: 'in', name: names.input, layer: 'Input', params: { shape: [4], field: names.field } },
      { id: 'one', name: names.hidden, layer: 'Dense', params: { units: 4 } },
      { id: 'two', name: names.hidden, layer: 'Dense', params: { units: 4 }, weightsOf: 'one' },
      { id: 'row', name: names.block, block: 'tower', times: 2 },
      { id: 'sum', name: names.input, layer: 'Add' },
      { id: 'out', name: names.output, layer: 'Output', params: { target: names.target, loss: 'meanSquaredError' } },
    ],
    wires: [
      { from: 'in', to: 'one' },
      { from: 'one', to: 'two' },
      { from: 'two', to: 'row' },
      { from: 'row', to: 'sum:input0' },
      { from: 'in', to: 'sum:input1' },
      { from: 'sum', to: 'out' },
    ],
    blocks: {
      tower: {
        nodes: [
          { id: 'x', name: names.input, layer: 'Input' },
          { id: 'tanh', name: names.hidden, layer: 'Tanh' },
          { id: 'y', name: names.output, layer: 'Output' },
        ],
        wires: [
          { from: 'x', to: 'tanh' },
          { from: 'tanh', to: 'y' },
        ],
      },
    },
    training: { seed: 1 },
  };
}

/** The kinds of all nodes of the syntax trees, and what strings the files hold. */
function shapeOf(names: Names): { kinds: string; strings: Set<string> } {
  const fields = [
    { name: names.field, shape: [4], dtype: 'float32' as const },
    { name: names.target, shape: [4], dtype: 'float32' as const },
  ];
  const data = { fields, counts: { train: 8, validation: 4, test: 4 } };
  const { program, diagnostics } = compile(designSchema.parse(designOf(names)), library, { data });
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const files = exportTfjs(program).files.filter(({ path }) => ['model.ts', 'train.ts', 'data.ts'].includes(path));
  const strings = new Set<string>();
  const kinds = files.map((file) => {
    const source = ts.createSourceFile(file.path, textOf(file), ts.ScriptTarget.ES2021, true);
    const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
    expect(parseDiagnostics.map(({ messageText }) => messageText)).toEqual([]);
    const found: number[] = [];
    const visit = (node: ts.Node): void => {
      found.push(node.kind);
      if (ts.isStringLiteral(node)) strings.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found.join();
  });
  return { kinds: kinds.join('\n'), strings };
}

const nasty = fc.constantFrom(
  ...[
    "'",
    '"',
    '`',
    '\\',
    '${1}',
    '*/',
    '/*',
    '//',
    '\n',
    '\r',
    '\u2028',
    '\u2029',
    '\0',
    '\ud800',
    '\u202e',
    '</script>',
  ],
  ...['constructor', '__proto__', 'await', 'import', 'tf', 'apply', 'createModel', 'name', 'default', 'loss', 'model'],
);
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  nasty,
);
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('').slice(0, 40) || 'x');

describe('a name', () => {
  it('never becomes code: 2,000 designs with any names have the syntax of one with plain names', () => {
    const expected = shapeOf(plain);
    const names = fc.record({
      design: name,
      input: name,
      hidden: name,
      output: name,
      block: name,
      field: name,
      target: name,
    });
    fc.assert(
      fc.property(names, (given) => {
        fc.pre(given.field !== given.target);
        const { kinds, strings } = shapeOf(given);
        expect(kinds).toBe(expected.kinds);
        expect(strings).toContain(given.field);
        expect(strings).toContain(given.target);
      }),
      { numRuns: 2000 },
    );
  });
});
