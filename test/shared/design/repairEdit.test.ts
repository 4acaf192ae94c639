// Every repair that is offered mends what it is offered for, and is undone exactly.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { applyEdit } from '../../../shared/design/edits';
import { repairEdit } from '../../../shared/design/repairEdit';
import type { Design } from '../../../shared/design/schema';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import { library } from '../../../shared/library';
import type { Diagnostic } from '../../../shared/messages';
import { bodyOf, drawing, type Line } from '../../generators/drawing';

const digits = { data: { source: 'digits' } };
const image: Line = ['image: Input', { shape: [8, 8, 1] }];
const head: Line[] = ['flat: Flatten', ['dense: Dense', { units: 10 }], 'out: Output', 'flat > dense > out'];
const whole: Line[] = [image, ...head, 'image > flat'];

function residual(first: Record<string, unknown>, second: Record<string, unknown>): Design {
  const a: Line = ['a: Conv2D', first as never];
  const b: Line = ['b: Conv2D', second as never];
  return drawing([image, a, b, 'add: Add', ...head, 'image > a > b > add', 'a > add', 'add > flat'], digits);
}

/** By the code that offers the repairs: a design with that one thing wrong. */
const broken: Record<string, Design> = {
  unknownLayer: drawing(
    [image, 'flat: Flaten', ['dense: Dense', { units: 10 }], 'out: Output', 'image > flat > dense > out'],
    digits,
  ),
  wireToNowhere: drawing([...whole, 'image > ghost'], digits),
  unknownInputPort: drawing([...whole, 'image > flat:nose'], digits),
  unknownOutputPort: drawing([...whole, 'image:ear > flat'], digits),
  portTaken: drawing([...whole, 'image > flat'], digits),
  unconnectedInput: drawing([image, ...head], digits),
  weightsOfUnknown: drawing(
    [
      ...whole.slice(0, 2),
      ['dense: Dense', { units: 10, weightsOf: 'ghost' }],
      'out: Output',
      'image > flat > dense > out',
    ],
    digits,
  ),
  weightsOfOtherKind: drawing(
    [
      ...whole.slice(0, 2),
      ['dense: Dense', { units: 10, weightsOf: 'flat' }],
      'out: Output',
      'image > flat > dense > out',
    ],
    digits,
  ),
  weightsDiffer: drawing(
    [
      image,
      'flat: Flatten',
      ['d: Dense', { units: 10 }],
      ['e: Dense', { units: 10, weightsOf: 'd' }],
      'out: Output',
      'image > flat > d > e > out',
    ],
    digits,
  ),
  recursiveBlocks: drawing([...whole, 's: @self'], { ...digits, blocks: { self: bodyOf(['again: @self']) } }),
  unusedNode: drawing([...whole, 'spare: ReLU', 'image > spare'], digits),
  unknownParam: drawing(
    [image, 'flat: Flatten', ['dense: Dense', { unit: 10 }], 'out: Output', 'image > flat > dense > out'],
    digits,
  ),
  invalidParam: drawing(
    [image, 'flat: Flatten', ['dense: Dense', { units: 10, bias: 3 }], 'out: Output', 'image > flat > dense > out'],
    digits,
  ),
  unknownEntry: drawing(
    [
      image,
      'flat: Flatten',
      ['dense: Dense', { units: 10 }],
      ['out: Output', { metrics: ['accuracy', 'topKK'] }],
      'image > flat > dense > out',
    ],
    digits,
  ),
  sizesDiffer: residual({ filters: 8, padding: 'same' }, { filters: 16, padding: 'same', strides: 2 }),
  windowTooLarge: drawing([image, ['pool: MaxPool2D', { poolSize: 9 }], ...head, 'image > pool > flat'], digits),
  groupsDoNotDivide: drawing(
    [image, ['conv: Conv2D', { filters: 9, groups: 3 }], ...head, 'image > conv > flat'],
    digits,
  ),
  noOutput: drawing([image, 'flat: Flatten', ['dense: Dense', { units: 10 }], 'image > flat > dense'], digits),
  scoresTooFew: drawing(
    [image, 'flat: Flatten', ['dense: Dense', { units: 7 }], 'out: Output', 'image > flat > dense > out'],
    digits,
  ),
  scoresSpare: drawing(
    [image, 'flat: Flatten', ['dense: Dense', { units: 12 }], 'out: Output', 'image > flat > dense > out'],
    digits,
  ),
  targetUnfit: drawing([image, ['dense: Dense', { units: 10 }], 'out: Output', 'image > dense > out'], digits),
  activationBeforeLoss: drawing(
    [
      image,
      'flat: Flatten',
      ['dense: Dense', { units: 10 }],
      'soft: Softmax',
      'out: Output',
      'image > flat > dense > soft > out',
    ],
    digits,
  ),
  inputUnfit: drawing([['image: Input', { shape: [4, 4, 4] }], ...head, 'image > flat'], digits),
  unknownField: drawing([['image: Input', { shape: [8, 8, 1], field: 'picture' }], ...head, 'image > flat'], digits),
  unknownMonitor: drawing(whole, { ...digits, training: { monitor: 'acuracy' } }),
  unknownDataSet: drawing(whole, { data: { source: 'digit' } }),
};

function count(diagnostics: readonly Diagnostic[], code: string): number {
  return diagnostics.filter((one) => one.code === code).length;
}

describe('a repair', () => {
  for (const [code, design] of Object.entries(broken)) {
    it(`of ${code} removes the diagnostic, and its inverse restores the document`, () => {
      const { diagnostics } = compile(design, library);
      const offered = diagnostics.filter((one) => one.code === code && one.repairs.length > 0);
      expect(offered.length, diagnostics.map(({ message }) => message).join('\n')).toBeGreaterThan(0);
      for (const diagnostic of offered) {
        for (const repair of diagnostic.repairs) {
          const { design: mended, inverse } = applyEdit(design, repairEdit(design, diagnostic, repair));
          const after = compile(mended, library).diagnostics;
          expect(count(after, code), `${repair.title}: ${after.map(({ message }) => message).join('\n')}`).toBeLessThan(
            count(diagnostics, code),
          );
          const restored = applyEdit(mended, inverse).design;
          expect(restored).toEqual(design);
          expect(serialiseDesign(restored)).toBe(serialiseDesign(design));
        }
      }
    });
  }

  it('makes a whole program of a design that had one thing wrong', () => {
    const mendable = [
      'sizesDiffer',
      'targetUnfit',
      'noOutput',
      'scoresTooFew',
      'inputUnfit',
      'unconnectedInput',
      'windowTooLarge',
    ];
    for (const code of mendable) {
      const design = broken[code] as Design;
      const diagnostic = compile(design, library).diagnostics.find((one) => one.code === code) as Diagnostic;
      const mended = applyEdit(design, repairEdit(design, diagnostic, diagnostic.repairs[0]!)).design;
      expect(compile(mended, library).program, code).not.toBeNull();
    }
  });

  it('before a numbered port finds its wire, however the file numbers it, and keeps the number', () => {
    const design = drawing(
      [
        image,
        ['a: Conv2D', { filters: 4, padding: 'same' }],
        ['b: Conv2D', { filters: 8, padding: 'same' }],
        'add: Add',
        ...head,
        'image > a',
        'image > b',
        'b > add:input5',
        'a > add:input2',
        'add > flat',
      ],
      digits,
    );
    const diagnostic = compile(design, library).diagnostics.find(({ code }) => code === 'sizesDiffer') as Diagnostic;
    const mended = applyEdit(design, repairEdit(design, diagnostic, diagnostic.repairs[0]!)).design;
    expect(mended.wires.filter(({ to }) => to.startsWith('add:'))).toEqual([
      { from: 'b', to: 'add:input5' },
      { from: 'conv2D', to: 'add:input2' },
    ]);
    expect(mended.wires).toContainEqual({ from: 'a', to: 'conv2D' });
    expect(compile(mended, library).program).not.toBeNull();
  });

  it('inside a block acts on the block', () => {
    const blocks = { stage: bodyOf(['x: Input', 'd: Densee', 'y: Output', 'x > d > y']) };
    const design = drawing([['i: Input', { shape: [4] }], 's: @stage * 2', 'o: Output', 'i > s > o'], { blocks });
    const diagnostic = compile(design, library).diagnostics.find(({ code }) => code === 'unknownLayer') as Diagnostic;
    expect(diagnostic).toMatchObject({ node: 's/0/d', anchor: { function: 'stage', node: 'd' } });
    const mended = applyEdit(design, repairEdit(design, diagnostic, diagnostic.repairs[0]!)).design;
    expect(mended.blocks['stage']?.nodes[1]).toMatchObject({ layer: 'Dense' });
    expect(compile(mended, library).program).not.toBeNull();
  });
});
