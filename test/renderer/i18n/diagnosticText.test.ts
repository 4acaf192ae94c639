/** What the compiler says of broken designs is said in Chinese too, whole: no English is left but names and code. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticText, refusalText, repairTitle } from '../../../renderer/i18n/diagnosticText';
import { fragmentZh } from '../../../renderer/i18n/fragmentZh';
import { compile } from '../../../shared/compile';
import type { ParamSchema } from '../../../shared/ir/params';
import { library } from '../../../shared/library';
import { messages, problem, type Problem } from '../../../shared/messages';
import { evaluateExpression } from '../../../shared/passes/expression';
import { breakDesign } from '../../generators/breakDesign';
import { choicesFrom, numberList } from '../../generators/choices';
import { drawDesign } from '../../generators/randomDesign';

/** Words of English grammar: no name, type or code of ours is one of them. */
const english =
  /(?<![\w"'“.])(the|an|is|are|was|of|it|its|this|that|there|which|with|without|expected|expects|received|receives|but|has|have|at least|at most|before|after|must|needs|remove|insert|number|whole|wire|elements|missing)(?![\w"'”.:])/i;

/** Without what is quoted from the design: names, texts, values. */
function withoutQuotes(text: string): string {
  return text.replace(/“[^”]*”|"[^"]*"|\{.*\}/gu, '');
}

function expectChinese(text: string): void {
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(withoutQuotes(text)).not.toMatch(english);
  expect(text).not.toMatch(/undefined|\[object|\$\d/);
}

function problemsOf(seed: readonly number[]): Problem[] {
  const choices = choicesFrom([...seed]);
  const { design, data } = drawDesign(choices);
  let broken = breakDesign(choices, design).design;
  if (choices.chance(50)) broken = breakDesign(choices, broken).design;
  return compile(broken, library, { data }).diagnostics;
}

describe('a diagnostic in Chinese', () => {
  it('has no English left, for whatever is wrong with a design', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(numberList(), (seed) => {
        for (const one of problemsOf(seed)) {
          seen.add(one.code);
          expectChinese(diagnosticText(one, 'zh-CN'));
          expect(diagnosticText(one, 'en')).toBe(one.message);
          for (const repair of one.repairs) expectChinese(repairTitle(repair, 'zh-CN'));
        }
      }),
      { numRuns: 200 },
    );
    expect(seen.size).toBeGreaterThan(15);
  });

  it('says every value that the English sentence says', () => {
    fc.assert(
      fc.property(numberList(), (seed) => {
        for (const one of problemsOf(seed)) {
          const numbers = Object.values(one.arguments).filter(
            (value) => typeof value === 'number' && one.message.includes(String(value)),
          );
          for (const value of numbers) expect(diagnosticText(one, 'zh-CN')).toContain(String(value));
        }
      }),
    );
  });

  it('stands for every code', () => {
    for (const code of Object.keys(messages)) {
      const one = { code, message: '', arguments: sampleArguments } as unknown as Problem;
      expect(diagnosticText(one, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    }
  });
});

/** Something for every name that any message asks for. */
const sampleArguments = new Proxy(
  {},
  { get: (_, name) => (['near', 'known', 'params'].includes(String(name)) ? ['x'] : 'x') },
);

describe('what is accepted', () => {
  it('is said in Chinese for every parameter of the library', () => {
    const registries = Object.values<{ list: readonly { params: object }[] }>({ ...library });
    for (const { list } of registries) {
      for (const definition of list) {
        for (const param of Object.values(definition.params as ParamSchema)) {
          const text = fragmentZh(param.accepts);
          expect(withoutQuotes(text), param.accepts).not.toMatch(english);
          expect(text, param.accepts).toMatch(/\p{Script=Han}|^true/u);
        }
      }
    }
  });

  it.each(['1/0', '1 +', '(1', 'min(1', 'floor(1, 2)', 'nobody', 'min(a', '1 $', '2 2', ')', '1e308 * 10', 'name + 1'])(
    'says in Chinese why "=%s" cannot be computed',
    (source) => {
      const result = evaluateExpression(`=${source}`, { name: 'text' });
      if ('value' in result) throw new Error('it can be computed');
      expectChinese(fragmentZh(result.error));
    },
  );

  it('is in Chinese for what is too long or nested too deep', () => {
    for (const source of ['1+'.repeat(300), '('.repeat(60)]) {
      const result = evaluateExpression(`=${source}`, {});
      expectChinese('error' in result ? fragmentZh(result.error) : '');
    }
  });

  it('leaves names and shapes alone', () => {
    for (const text of ['conv1', '28×28×1', '[8, 8]', 'float32']) expect(fragmentZh(text)).toBe(text);
  });

  it('is a sentence where the file format refuses', () => {
    expect(refusalText('expected at most 200 characters', 'zh-CN')).toBe('应不大于 200 个字符。');
    expect(refusalText('expected a whole number, received string', 'zh-CN')).toBe('应为整数，实际为文本。');
    expect(refusalText('expected at most 200 characters', 'en')).toBe('Expected at most 200 characters.');
  });
});

describe('a repair', () => {
  it('of the catalogue of sentences is known', () => {
    const one = problem('noOutput', {});
    expect(diagnosticText(one, 'zh-CN')).toContain('Output');
    expect(repairTitle({ title: 'Add an Output after relu' }, 'zh-CN')).toBe('在 relu 之后添加 Output');
  });
});
