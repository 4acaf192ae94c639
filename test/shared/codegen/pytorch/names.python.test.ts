/** Names, notes and fields of any kind never become code: the syntax trees are those of plain names. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printStatement } from '../../../../shared/codegen/printCode';
import { python as pythonLanguage } from '../../../../shared/codegen/python';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { text } from '../../../../shared/ir/emit/code';
import { testPython } from '../../../drivers/testPython';
import { nameCount, namedProgram } from './namedDesign';
import { pytorchFolder } from './pytorchFolder';

const plain = Array.from({ length: nameCount }, (_, at) => `word${String.fromCharCode(97 + at)}`);

/** What would be code, or end what it stands in, or hide, or is a word of the language or of the libraries. */
const nasty = [
  ...['\\x', '\\N{', '\\u12', "\\'", 'ends in \\'],
  ...[
    '',
    ' ',
    '"',
    '"""',
    "'",
    '\\',
    '\\"',
    '\n',
    '\r',
    '\r\nimport os',
    '\u2028',
    '\u0000',
    '\u202e',
    '\ufeff',
    '{x}',
  ],
  ...[
    '{',
    '}',
    '%s',
    '#',
    '#\nprint(1)',
    '"""\nimport os\n"""',
    '__import__("os")',
    ');import os;(',
    '\ud800',
    '\udfff',
  ],
  ...['class', 'def', 'self', 'forward', 'train', 'training', 'type', 'parameters', 'children', 'lambda', 'None', '_'],
  ...[
    'nn',
    'F',
    'torch',
    'np',
    'Tensor',
    'OrderedDict',
    'super',
    'int',
    'sum',
    'range',
    'module',
    'block',
    'Attention',
  ],
  ...[
    'loss',
    'compute_loss',
    'accuracy',
    'data',
    'count',
    'model',
    'macro_f1',
    '..',
    '../../etc/passwd',
    'CON',
    '1',
    '1a',
  ],
  ...['é', '层', 'مرحبا', '👩‍👩‍👧', 'ﬁ', 'ＡＢ', 'ı', 'İ', 'K', 'x'.repeat(190), '__class__', 'a b', 'A', 'a'],
];

const halves = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), halves, fc.constantFrom(...nasty));
const names = fc.array(name, { minLength: nameCount, maxLength: nameCount });

let python: ChildProcessWithoutNullStreams;
let answers: Interface;
beforeAll(() => {
  python = spawn(testPython(), [join(__dirname, 'tree_shapes.py')]);
  answers = createInterface({ input: python.stdout });
});
afterAll(() => {
  answers.close();
  python.stdin.end();
});

function ask<Answer>(question: unknown): Promise<Answer[]> {
  return new Promise((resolve) => {
    answers.once('line', (line) => resolve(JSON.parse(line) as Answer[]));
    python.stdin.write(`${JSON.stringify(question)}\n`);
  });
}

function shapesOf(sources: readonly string[]): Promise<string[]> {
  return ask(sources);
}

function sourcesOf(given: readonly string[]): string[] {
  const { files } = pytorchFolder(namedProgram(given));
  // As a file holds it: what UTF-8 has no bytes for is replaced.
  return files
    .filter(({ path }) => path.endsWith('.py'))
    .map((file) => Buffer.from(textOf(file), 'utf8').toString('utf8'));
}

describe('names of any kind', () => {
  it('leave the shape of the syntax trees as it is', async () => {
    const expected = await shapesOf(sourcesOf(plain));
    expect(expected.every((shape) => /^[0-9a-f]{64}$/.test(shape))).toBe(true);
    // Each hundred drawings at once, so that most of the time is spent on what is looked at.
    const batch = fc.array(names, { minLength: 100, maxLength: 100 });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(batch, async (drawings) => {
        const found = await shapesOf(drawings.flatMap(sourcesOf));
        drawings.forEach((given, at) => {
          const own = found.slice(expected.length * at, expected.length * (at + 1));
          expect(own, JSON.stringify(given)).toEqual(expected);
        });
        seen += drawings.length;
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(seen).toBeGreaterThanOrEqual(2000);
  });

  it('are kept to the letter where they stand as strings', async () => {
    const batch = fc.array(name, { minLength: 200, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(batch, async (values) => {
        const literals = values.map((value) => [printStatement(pythonLanguage, text(value)).join('\n'), value]);
        const held = await ask<boolean>({ literals });
        values.forEach((value, at) => expect(held[at], JSON.stringify(value)).toBe(true));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('would be seen if they did: the shape tells one statement more, a string that ends early, another operator', async () => {
    const [plainTree, same, more, early, other] = await shapesOf([
      'x = f("a")',
      'y = g("b")',
      'x = f("a"); import os',
      'x = f("a") or ("b")',
      'x = f("a"',
    ]);
    expect(same).toBe(plainTree);
    expect(more).not.toBe(plainTree);
    expect(early).not.toBe(plainTree);
    expect(other).toMatch(/^SyntaxError/);
  });
});
