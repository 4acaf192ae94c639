/** Every layer says no in words: wrong parameters and wrong inputs end in problems that name both sides, never in exceptions. */
import { describe, expect, it } from 'vitest';
import type { LayerDefinition, Types } from '../../shared/ir/layerDefinition';
import { parseParams } from '../../shared/passes/parseParams';
import type { Param } from '../../shared/ir/params';
import { batchOf, formatType, type TensorType } from '../../shared/ir/tensorType';
import { layerRegistry } from '../../shared/layers/registry';
import { isProblem, show, type Problem } from '../../shared/messages';
import { noLibrary } from './harness/noLibrary';
import { parsedParams } from './harness/exampleCase';

const layers = layerRegistry.list.map((definition) => [definition.type, definition] as const);

describe.each(layers)('%s', (type, definition) => {
  const params = Object.entries(definition.params);

  it('takes its own defaults, also as they come back from a file', () => {
    const saved: unknown = JSON.parse(JSON.stringify(Object.fromEntries(params.map(([name, p]) => [name, p.default]))));
    const { problems } = parseParams(definition.params, saved as Record<string, unknown>, noLibrary);
    expect(problems).toEqual([]);
  });

  it.each(params.flatMap(([name, param]) => wrongValues(param).map((value) => ({ name, value, text: show(value) }))))(
    'refuses $name: $text',
    ({ name, value }) => {
      const { values, problems } = parseParams(definition.params, { [name]: value }, noLibrary);
      expect(values).toBeNull();
      expect(problems.map(({ code, param }) => ({ code, param }))).toEqual([{ code: 'invalidParam', param: name }]);
      const message = problems[0]!.message;
      expect(message).toContain(`expected ${definition.params[name]!.accepts}`);
      expect(message).toContain(`received ${show(value)}`);
    },
  );

  it('documents every parameter', () => {
    for (const [name, { help, accepts }] of params) {
      expect(help, name).toMatch(/\S.*\.$/s);
      expect(accepts, name).not.toBe('');
    }
  });

  // Input has no inputs, and Output takes whatever its loss takes.
  if (definition.group === 'input and output') return;

  it('refuses inputs that do not fit, naming what it expects', () => {
    const problems = wrongInputs(definition).flatMap(({ given, result }) => {
      if (!isProblem(result)) {
        expect(Object.keys(result)).toEqual(definition.outputs.map(({ name }) => name));
        return [];
      }
      expectBothSides(result, type, Object.keys(definition.examples[0]!.inputs), given);
      return [result];
    });
    expect(problems.length).toBeGreaterThan(0);
  });
});

/** Values that no parameter of this kind takes. */
function wrongValues(param: Param<unknown>): unknown[] {
  const takesText = ['text', 'path', 'entry'].includes(param.kind);
  const unbounded = param.kind === 'number' && param.form.min === undefined && param.form.above === undefined;
  return [
    ...(param.accepts.endsWith('or null') ? [] : [null]),
    NaN,
    Infinity,
    { nonsense: true },
    ...(takesText ? [7] : ['nonsense', '3']),
    ...(unbounded || takesText ? [] : [-1000]),
    ...(['size2d', 'padding2d'].includes(param.kind) ? [[1, -1], [1, 2, 3], [1, 'two'], 1.5] : []),
    ...(param.kind === 'integerList' ? [[-1000], [1.5], [null], Array.from({ length: 99 }, () => 1)] : []),
    ...(param.kind === 'integer' ? [1.5, 2 ** 40] : []),
  ];
}

interface Attempt {
  given: TensorType;
  result: Types | Problem;
}

/** The first example with one of its inputs replaced by types of other ranks, sizes and data types. */
function wrongInputs(definition: LayerDefinition): Attempt[] {
  const example = definition.examples[0]!;
  const params = parsedParams(definition, example) as never;
  const sizes = [[], [3], [2, 3], [2, 3, 4], [2, 3, 4, 5], ['time'], ['time', 3], [2, 'width', 3]];
  return Object.entries(example.inputs).flatMap(([port, type]) => {
    const others: TensorType[] = [
      { ...type, dtype: 'bool' },
      { ...type, dtype: type.dtype === 'int32' ? 'float32' : 'int32' },
      ...sizes.map((shape) => batchOf(shape)),
    ];
    return others.map((given) => ({
      given,
      result: definition.infer(params, { ...example.inputs, [port]: given }),
    }));
  });
}

/** "Conv2D expects ..., but receives batch×3": both sides, and the place where it is to be mended. */
function expectBothSides(result: Problem, type: string, ports: readonly string[], given: TensorType): void {
  expect(result.severity).toBe('error');
  expect(result.message).toMatch(new RegExp(`^${type}\\b.* expects .+`));
  const sizes = given.dims.slice(1).map(({ size }) => String(size));
  const named = [formatType(given), sizes.join('×'), sizes.slice(0, 2).join('×')].filter((text) => text !== '');
  const told = named.some((text) => result.message.includes(text));
  expect(told, `${result.message} (received ${formatType(given)})`).toBe(true);
  expect(result.port !== null || result.param !== null, result.message).toBe(true);
  if (result.port !== null) expect(ports).toContain(result.port);
}
