/** What services say of engines, Pythons, installations and ends of runs is said in Chinese too, whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureText } from '../../../renderer/i18n/failureText';
import { sentenceText } from '../../../renderer/i18n/sentenceText';
import * as engines from '../../../shared/messages/engineSentences';
import * as installing from '../../../shared/messages/installSentences';
import * as pythons from '../../../shared/messages/pythonSentences';
import * as runs from '../../../shared/messages/runSentences';

const tables = { ...engines, ...installing, ...pythons, ...runs };
const templates = Object.entries(tables).flatMap(([table, entries]) =>
  Object.entries(entries).map(([name, template]): [string, string] => [`${table}.${name}`, template]),
);

/** Words of English grammar: no name, type or code of ours is one of them. */
const english =
  /(?<![\w"“./=-])(the|an|is|are|was|were|of|its|this|that|there|which|with|without|but|has|have|then|at|run|look|install|name|repair)(?![\w"”./=-])/i;

const chinese = (text: string): string => sentenceText(text, 'zh-CN');

/** Without commands and words that are quoted. */
function expectChinese(text: string): void {
  expect(text).toMatch(/\p{Script=Han}/u);
  const plain = text.replace(/“[^”]*”|«[^»]*»|sudo apt install \S+|npm ci[^）]*|--\S+|apt-get install g\+\+/g, '');
  expect(plain).not.toMatch(english);
  expect(text).not.toMatch(/undefined|[{}]/);
}

describe('a sentence in Chinese', () => {
  it.each(templates)('has what the English one has: %s', (_, template) => {
    const holes = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    // Names that are no words of any language.
    const filler = (name: string): string => (name === 'why' ? 'is not there' : `«${name}»`);
    const text = template.replace(/\{(\w+)\}/g, (_hole, name: string) => filler(name));
    const said = chinese(text);
    expectChinese(said);
    for (const hole of holes) expect(said).toContain(hole === 'why' ? '不存在' : `«${hole}»`);
    expect(sentenceText(text, 'en')).toBe(text);
  });

  it('is made of others, however deep', () => {
    const looked =
      "python3 (Python 3.11.7) lacks torch and safetensors; /opt/env/bin/python is not there; Netloom's own environment " +
      'pytorch was not installed to the end: The disk is full: PyTorch could not be put into /home/me/engines/pytorch. ' +
      'Free space on that disk, or move Netloom\'s home to another one with NETLOOM_HOME, then run "npx netloom engines ' +
      'install pytorch --yes" again';
    const said = chinese(
      `Training with PyTorch needs a Python 3.10 or newer with torch, numpy and safetensors; none was found: ${looked}. ` +
        'Install one for Netloom alone with "npx netloom engines install pytorch --yes", or name yours in NETLOOM_PYTHON.',
    );
    expectChinese(said);
    expect(said).toContain('python3 （Python 3.11.7）缺少 torch 和 safetensors；/opt/env/bin/python 不存在；');
    expect(said).toContain('磁盘已满：PyTorch 无法写入 /home/me/engines/pytorch');
  });

  it('may be several, one after the other', () => {
    const reason = 'NETLOOM_TENSORFLOW names /tf.so, which is a file; name the folder that it lies in.';
    const remedy =
      'Name the folder "tensorflow" of a Python\'s site-packages, or unset NETLOOM_TENSORFLOW and run "npx netloom engines ' +
      'install tensorflow --yes".';
    expect(chinese(`${reason} ${remedy}`)).toBe(`${chinese(reason)}${chinese(remedy)}`);
    expectChinese(chinese(`${reason} ${remedy}`));
  });

  it('keeps the words of a library or of the system', () => {
    const said = chinese('Trying it broke off: The training process ended: exit code 1. It wrote: Error: no such luck');
    expect(said).toBe('测试中断：训练进程已结束：退出码 1。它输出：Error: no such luck');
    expect(chinese('RuntimeError: no kernel image')).toBe('RuntimeError: no kernel image');
    expect(chinese('It rains.')).toBe('It rains.');
  });

  it('tells what pip said in brackets', () => {
    const said = chinese(
      "pip could not be downloaded (No matching distribution found for pip==26.3). Check the network and pip's settings " +
        'for proxy and package index, then run "npx netloom engines install pytorch --yes" again.',
    );
    expect(said).toMatch(/^无法下载 pip（No matching distribution found for pip==26\.3）。请检查网络/);
    expect(
      failureText({ code: 'unreachable', message: 'There is nothing to install for "x".' }, 'zh-CN'),
      'whole, where it is known',
    ).toBe('没有可为“x”安装的内容。');
  });

  it('says how far a large run came before its memory ran out', () => {
    const text =
      'Out of memory at step 12. Make the batch smaller (training.batchSize is 256; 64 may fit); training.accumulate gives ' +
      'the same update from several smaller batches.';
    expect(chinese(text)).toMatch(/^在第 12 步内存不足。.*（training\.batchSize 为 256，64 可能合适）/);
  });

  it('gives up on a text that may be read in too many ways, and holds nobody up', () => {
    const words = templates.flatMap(([, template]) => template.replace(/\{\w+\}/g, 'a').split(/(?<= )/));
    const text = fc.array(fc.constantFrom(...words, ...templates.map(([, template]) => `${template} `), '; ', '. '), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (parts) => chinese(parts.join('')).length > 0 || parts.join('') === ''),
      { numRuns: 60 },
    );
    const many = 'The training process ended: The engine did not answer. '.repeat(20).trim();
    expect(chinese(many).startsWith('训练进程已结束：')).toBe(true);
    expect(chinese(many.repeat(3))).toBe(many.repeat(3));
  });
});
