/** Names that would be code if they were let, and a Python that says what syntax trees look like without names. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { testPython } from '../../drivers/testPython';
import { nameCount } from './pytorch/namedDesign';

export const plainNames = Array.from({ length: nameCount }, (_, at) => `word${String.fromCharCode(97 + at)}`);

/** What ends a string, a comment or a line, hides, or has a meaning in Python. */
const nasty = [
  ...['', ' ', '"', '"""', "'", '\\', '\\"', '\n', '\r\nimport os', '\u2028', '\u0000', '\u202e', '\ufeff', '{x}', '{'],
  ...['}', '%s', '#', '#\nprint(1)', '"""\nimport os\n"""', '__import__("os")', ');import os;(', '\ud800', '\udfff'],
  ...[
    'class',
    'def',
    'lambda',
    'None',
    'type',
    '_',
    '..',
    '1',
    '1a',
    'é',
    '层',
    '👩‍👩‍👧',
    'ﬁ',
    'ＡＢ',
    'ı',
    'İ',
    'a b',
    'A',
    'a',
  ],
];

/** `words`: what the generated code itself calls things. */
export function nastyNames(words: readonly string[]): fc.Arbitrary<string[]> {
  const halves = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
  const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), halves, fc.constantFrom(...nasty, ...words));
  return fc.array(name, { minLength: nameCount, maxLength: nameCount });
}

export interface TreeShapes {
  /** A hash of each source's syntax tree, or what keeps it from having one. */
  of: (sources: readonly string[]) => Promise<string[]>;
  close: () => void;
}

export function treeShapes(): TreeShapes {
  const python = spawn(testPython(), [join(__dirname, 'pytorch', 'tree_shapes.py')]);
  const answers = createInterface({ input: python.stdout });
  return {
    of: (sources) =>
      new Promise((resolve) => {
        answers.once('line', (line) => resolve(JSON.parse(line) as string[]));
        python.stdin.write(`${JSON.stringify(sources)}\n`);
      }),
    close: () => {
      answers.close();
      python.stdin.end();
    },
  };
}
