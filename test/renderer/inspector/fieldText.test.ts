/** What stands in a field reads back as the value it stands for, and whatever is typed leaves a design that opens again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, readField, sameValue } from '../../../renderer/inspector/fieldText';
import { paramEdit, updateNodes } from '../../../renderer/inspector/paramEdits';
import { refusedByFile } from '../../../renderer/inspector/refusedByFile';
import { hasSteps, stepped } from '../../../renderer/inspector/stepped';
import { compile } from '../../../shared/compile';
import { applyEdit } from '../../../shared/design/edits';
import { parseDesign } from '../../../shared/design/parseDesign';
import { emptyDesign, type Design } from '../../../shared/design/schema';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import {
  integer,
  integerList,
  number,
  optional,
  padding2d,
  size2d,
  textList,
  type Param,
} from '../../../shared/ir/params';
import { library } from '../../../shared/library';
import { examples } from '../../drivers/examples';

const size = size2d({ default: 3, min: 1, help: '' });
const shape = integerList({ default: [1], min: -1, help: '' });
const padding = padding2d({ default: 'valid', help: '' });
const rate = number({ default: 0.001, above: 0, help: '' });
const maybe = optional(integer({ default: 1, min: 1, help: '' }), { default: null, help: '' });
const names = textList({ default: [], help: '' });

describe('a field', () => {
  it.each<[string, Param<unknown>, string, unknown]>([
    ['a number', rate, '1e-3', 0.001],
    ['a number with a typographic minus', rate, '−2.5', -2.5],
    ['a decimal comma', rate, '0,5', 0.5],
    ['a number that is none', rate, '1e', '1e'],
    ['an infinite number', rate, 'Infinity', 'Infinity'],
    ['a hexadecimal number as it is meant', rate, '0x10', 16],
    ['an expression', rate, '= 2 * width', '= 2 * width'],
    ['nothing: the default', rate, '  ', undefined],
    ['nothing where nothing is the default', maybe, '', undefined],
    ['one size for both', size, '3', 3],
    ['two sizes', size, '3×5', [3, 5]],
    ['two sizes with an x', size, '3 x 5', [3, 5]],
    ['sizes as JSON', size, '["=a", 2]', ['=a', 2]],
    ['a shape', shape, '28, 28, 1', [28, 28, 1]],
    ['a shape of one', shape, '-1', [-1]],
    ['an empty shape', shape, '', []],
    ['a shape that is none', shape, '28 by 28', '28 by 28'],
    ['padding by name', padding, 'same', 'same'],
    ['padding alike on all sides', padding, '2', 2],
    ['padding of two numbers', padding, '1, 2', [1, 2]],
    [
      'padding of four',
      padding,
      '0 1 2 3',
      [
        [0, 1],
        [2, 3],
      ],
    ],
    ['names', names, 'a, b ,c', ['a', 'b', 'c']],
    ['names with commas', names, '["a,b"]', ['a,b']],
  ])('reads %s', (_what, param, text, value) => {
    expect(readField(param, text)).toEqual(value);
  });

  it('reads back every value that its parameter accepts', () => {
    const params = Object.values<{ list: readonly object[] }>({ ...library }).flatMap((registry) =>
      (registry.list as readonly { params: Record<string, Param<unknown>> }[]).flatMap((one) =>
        Object.values(one.params),
      ),
    );
    const typed = params.filter(
      ({ kind }) => !['choice', 'boolean', 'entry', 'entryList', 'initialiser'].includes(kind),
    );
    const part = fc.oneof(fc.nat(70), fc.double({ noNaN: true }), fc.constant(-1), fc.string());
    const any = fc.oneof(
      part,
      fc.array(part, { maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...typed), any, (param, value) => {
        fc.pre('value' in param.parse(value));
        // The empty text of a parameter that may be not set means that; a text that begins with = is an expression.
        const text = fieldText(param, value);
        fc.pre(text !== '' && !text.startsWith('='));
        expect(sameValue(param, readField(param, text) ?? param.default, value)).toBe(true);
      }),
      { numRuns: examples(1000) },
    );
  });

  it('shows the shortest text', () => {
    expect(fieldText(size, [3, 3])).toBe('3');
    expect(fieldText(size, [3, 5])).toBe('3×5');
    expect(fieldText(shape, [28, 28, 1])).toBe('28×28×1');
    expect(fieldText(padding, [1, 2])).toBe('1, 2');
    expect(fieldText(padding, 'same')).toBe('same');
    expect(fieldText(names, ['a', 'b'])).toBe('a, b');
    expect(fieldText(maybe, null)).toBe('');
  });
});

function designOf(layer: string): Design {
  return { ...emptyDesign('one'), nodes: [{ id: 'node', layer, params: {} }] };
}

describe('typing', () => {
  it('of anything into any field keeps a design that opens again, says what is wrong there, and is undone exactly', () => {
    const fields = library.layers.list.flatMap((layer) =>
      Object.entries(layer.params as Record<string, Param<unknown>>).map(([name, param]) => ({ layer, name, param })),
    );
    const typed = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('0', '-1', '1e400', '=', '=1/0', '[]', '[[', '[1,[2]]', '{}', '1×', '2x3', 'null', '__proto__'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...fields), typed, ({ layer, name, param }, text) => {
        const design = designOf(layer.type);
        const edit = paramEdit(design, new Set(['node']), name, readField(param, text), param);
        const refused = refusedByFile(design, edit);
        const { design: edited, inverse } = applyEdit(design, edit);
        const opened = parseDesign(serialiseDesign(edited), 'edited');
        expect('design' in opened, `${JSON.stringify(text)}: ${refused}`).toBe(refused === null);
        if (refused === null && 'design' in opened) {
          expect(opened.design.nodes).toEqual(edited.nodes);
          const value = edited.nodes[0]?.params[name];
          const fits =
            value === undefined ||
            (typeof value === 'string' && value.startsWith('=')) ||
            'value' in param.parse(value);
          const said = compile(edited, library).diagnostics.some((one) => one.param === name);
          if (!fits) expect(said).toBe(true);
        }
        expect(applyEdit(edited, inverse).design).toEqual(design);
      }),
      { numRuns: examples(400) },
    );
  });

  it('of the default leaves nothing in the file', () => {
    const design = {
      ...designOf('Conv2D'),
      nodes: [{ id: 'node', layer: 'Conv2D', params: { filters: 8, kernelSize: 5 } }],
    };
    const { kernelSize } = library.layers.get('Conv2D')!.params as Record<string, Param<unknown>>;
    const edit = paramEdit(design, new Set(['node']), 'kernelSize', [3, 3], kernelSize);
    expect(applyEdit(design, edit).design.nodes[0]?.params).toEqual({ filters: 8 });
  });

  it('refuses what the file would', () => {
    const design = designOf('Dense');
    const named = updateNodes(design, new Set(['node']), (node) => ({ ...node, name: 'x'.repeat(201) }));
    expect(refusedByFile(design, named)).toBe('expected at most 200 characters');
    expect(refusedByFile(design, { edit: 'setTraining', path: 'epochs', value: 'many' })).toBe(
      'expected a number, received string',
    );
    expect(refusedByFile(design, { edit: 'setTraining', path: 'epochs', value: 0 })).toBe('expected at least 1');
    expect(refusedByFile(design, { edit: 'setTraining', path: 'epochs', value: 3 })).toBeNull();
    expect(refusedByFile(design, { edit: 'setName', name: 'x'.repeat(10_000) })).toBe(
      'expected at most 200 characters',
    );
    expect(refusedByFile(design, { edit: 'setNotes', notes: 'x'.repeat(20_001) })).toMatch(/20000/);
    const both = { edit: 'compound', edits: [named, { edit: 'setNotes', notes: '' }] } as const;
    expect(refusedByFile(design, both)).toBe('expected at most 200 characters');
  });
});

describe('a step', () => {
  const fields = [...library.layers.list, ...library.optimizers.list].flatMap((one) =>
    Object.values(one.params as Record<string, Param<unknown>>).filter((param) => hasSteps(param)),
  );

  it('never leaves what the parameter accepts, and goes the way it is meant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.array(fc.integer({ min: -40, max: 40 })), (param, steps) => {
        let value: unknown = param.default;
        fc.pre(value !== null);
        for (const by of steps) {
          const next = stepped(param, value, by);
          expect(param.parse(next)).toHaveProperty('value');
          const [from, to] = [[value].flat()[0] as number, [next].flat()[0] as number];
          expect((to - from) * Math.sign(by)).toBeGreaterThanOrEqual(0);
          value = next;
        }
      }),
    );
  });

  it('moves rates by parts of a decade and whole numbers by one', () => {
    expect(stepped(rate, 0.001, 20)).toBe(0.01);
    expect(stepped(rate, 0.001, 1)).toBe(0.0011);
    expect(stepped(integer({ default: 1, min: 1, help: '' }), 5, -10)).toBe(1);
    expect(stepped(number({ default: 0.5, min: 0, below: 1, help: '' }), 0.99, 1)).toBe(0.99);
    expect(stepped(size, [3, 5], 2)).toEqual([5, 7]);
    expect(stepped(rate, 'abc', 2)).toBe('abc');
  });
});
