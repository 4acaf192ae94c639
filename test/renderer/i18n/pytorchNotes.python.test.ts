/** What the process of PyTorch notes, in Python, is what the tables of sentences hold. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sentenceText } from '../../../renderer/i18n/sentenceText';
import { pytorchNotes } from '../../../shared/messages/engineSentences';
import { testPython } from '../../drivers/testPython';

const python = join(__dirname, '..', '..', '..', 'python');
const program = `
import json
from engine.notes import measured
from engine.session import BATCH_NORM
texts = [measured("precision", "bfloat16", True, 0.004, 0.002, 1.5), measured("channelsLast", "channels last", False, 0.004, 0.005, 1)]
print(json.dumps([*(each["text"] for each in texts), BATCH_NORM]))
`;

it('choices of the process are told in Chinese', () => {
  const said = JSON.parse(execFileSync(testPython(), ['-c', program], { cwd: python, encoding: 'utf8' })) as string[];
  expect(said[0]).toBe('bfloat16: 2 ms a step instead of 4 ms; trying took 1.5 s, which 750 steps win back.');
  expect(said.map((text) => sentenceText(text, 'zh-CN'))).toEqual([
    'bfloat16：每步 2 ms，原为 4 ms；试用耗时 1.5 秒，750 步后即可收回。',
    '试用了通道在后的内存布局但未采用：每步 5 ms，原为 4 ms。',
    expect.stringMatching(/^BatchNorm 在每个进程/),
  ]);
});

it('sentences without holes stand in the Python as in the table', () => {
  const { memory, compileNotTried, compileFails } = pytorchNotes;
  const source = readFileSync(join(python, 'engine', 'probes.py'), 'utf8');
  for (const sentence of [memory, compileNotTried, compileFails.replace('{error}', '{one_line(error)}')])
    expect(source).toContain(`"${sentence}"`);
});
