// What training needs is there and fits, or it is said what to change.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { applyEdit } from '../../../shared/design/edits';
import { repairEdit } from '../../../shared/design/repairEdit';
import type { Design } from '../../../shared/design/schema';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { LayerDefinition } from '../../../shared/ir/layerDefinition';
import { createRegistry } from '../../../shared/ir/registry';
import { batchOf } from '../../../shared/ir/tensorType';
import type { FieldInfo } from '../../../shared/ir/trainingDefinitions';
import { library } from '../../../shared/library';
import type { Diagnostic } from '../../../shared/messages';
import type { Json, Repair } from '../../../shared/messages/define';
import { drawing, type Line } from '../../generators/drawing';

function data(...fields: FieldInfo[]): DataInfo {
  return { fields, counts: { train: 8, validation: 4, test: 4 } };
}

const point: FieldInfo = { name: 'point', shape: [4], dtype: 'float32' };
const label: FieldInfo = { name: 'label', shape: [], dtype: 'int32', classes: ['a', 'b', 'c'], range: [0, 2] };
const price: FieldInfo = { name: 'price', shape: [1], dtype: 'float32', range: [0, 900] };

function network(units: number, output: Record<string, Json> = {}, more: Record<string, unknown> = {}): Design {
  return drawing([['i: Input', { shape: [4] }], ['d: Dense', { units }], ['o: Output', output], 'i > d > o'], more);
}

function said(design: Design, info?: DataInfo): string[] {
  return compile(design, library, { data: info }).diagnostics.map(
    (one) => `${one.severity} ${one.node}: ${one.message}`,
  );
}

describe('inputs and targets', () => {
  it('without names are the first field and the first other one', () => {
    const { program } = compile(network(3), library, { data: data(point, label, price) });
    expect(program?.feeds).toEqual([{ path: 'i', name: 'i', field: 'point' }]);
    expect(program?.heads[0]?.target).toEqual(label);
    expect(program?.heads[0]?.metrics.map(({ definition }) => definition.type)).toEqual(['accuracy']);
  });

  it('with names are the fields of these names', () => {
    const design = network(1, { target: 'price', loss: 'meanSquaredError' });
    expect(compile(design, library, { data: data(point, label, price) }).program?.heads[0]?.target).toEqual(price);
    expect(said(network(1, { target: 'prise' }), data(point, price))).toEqual([
      'error o: target: the data set has no field "prise"; it has point, price. Did you mean price?',
    ]);
    expect(said(network(3), data(point))).toEqual([
      expect.stringContaining('error o: target: no field of the data set is left'),
    ]);
  });

  it('must fit the data in shape, type, classes and range', () => {
    expect(said(network(3), data({ ...point, shape: [5] }, label))).toEqual([
      'error i: The field "point" of the data set holds [5] float32 a sample, but this Input expects [4] float32.',
    ]);
    expect(said(network(2), data(point, label))).toEqual([
      'error o: Cross-entropy needs a score for each of the 3 classes of "label", but the Output receives 2.',
    ]);
    expect(said(network(3), data(point, { ...label, classes: undefined, range: [-1, 2] }))[0]).toContain(
      'goes from -1 to 2',
    );
    expect(said(network(1, { loss: 'binaryCrossEntropy' }), data(point, price))[0]).toContain('goes from 0 to 900');
    expect(said(network(3), data(point, { ...label, dtype: 'float32', classes: undefined }))[0]).toContain(
      'error o: Cross-entropy',
    );
  });

  it('are not judged while nothing is known of the data', () => {
    const { program } = compile(network(3, {}, { data: { source: 'csv', file: 'x.csv' } }), library);
    expect(program?.heads[0]?.target).toBeNull();
    expect(said(network(3))).toEqual([]);
  });

  it("of several heads are measured under the heads' names", () => {
    const design = drawing(
      [
        ['i: Input', { shape: [4] }],
        ['d: Dense', { units: 3 }],
        ['a: Output', { target: 'label' }],
        ['b: Output', { target: 'label' }],
        'i > d > a',
        'd > b',
      ],
      { training: { monitor: 'accuracy' } },
    );
    const { program } = compile(design, library, { data: data(point, label) });
    expect(program?.training).toMatchObject({ monitor: 'a/accuracy', monitorDirection: 'up' });
    const named = {
      ...design,
      nodes: design.nodes.map((node) => (node.layer === 'Output' ? { ...node, name: 'head' } : node)),
    };
    expect(compile(named, library, { data: data(point, label) }).program?.heads.map(({ name }) => name)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('the training configuration', () => {
  it('is completed by defaults', () => {
    const plan = compile(network(3), library).program?.training;
    expect(plan).toMatchObject({
      epochs: 10,
      batchSize: 32,
      accumulate: 1,
      clipNorm: null,
      monitor: 'loss',
      monitorDirection: 'down',
    });
    expect(plan?.optimizer).toMatchObject({ definition: { type: 'adam' }, params: { learningRate: 0.001 } });
  });

  it('names the setting that is unknown or does not fit', () => {
    const settings = (training: Record<string, unknown>): string[] => said({ ...network(3), training });
    expect(settings({ optimizer: 'adamm' })[0]).toContain('training.optimizer: there is no optimizer "adamm"');
    expect(settings({ optimizer: { type: 'sgd', learningRate: -1 } })[0]).toContain(
      'training.optimizer.learningRate: expected',
    );
    expect(settings({ schedule: { type: 'cosine', warmup: 1 } })[0]).toContain(
      'no parameter "training.schedule.warmup"',
    );
    expect(settings({ monitor: 'acuracy' })[0]).toContain(
      'expected one of loss, accuracy, received "acuracy". Did you mean accuracy?',
    );
    expect(settings({ epochs: 'many' })[0]).toContain('training.epochs: expected a number, received string');
    expect(said({ ...network(3), data: { source: 'digit' } })[0]).toContain(
      'There is no data set "digit". Did you mean digits?',
    );
    expect(said({ ...network(3), data: { source: 'xor', pionts: 3 } })[0]).toContain('no parameter "pionts"');
  });

  it('needs an Output, and something to train', () => {
    expect(said(drawing(['i: Input', 'd: Dense', 'i > d']))).toEqual([
      'error null: The design has no Output, so there is nothing to train. Add an Output after the last layer.',
    ]);
    expect(said(drawing([['i: Input', { shape: [4] }], 'r: ReLU', 'o: Output', 'i > r > o']))).toEqual([
      'warning null: No layer of the design has trainable weights, so training changes nothing. Add a Dense or Conv2D.',
    ]);
  });

  it('warns of an activation that the loss applies itself, and of nodes that lead nowhere, which are left out', () => {
    const design = drawing([
      ['i: Input', { shape: [4] }],
      ['d: Dense', { units: 3 }],
      's: Softmax',
      'o: Output',
      ['x: Dense', { units: 9 }],
      'y: ReLU',
      'i > d > s > o',
      'd > x > y',
    ]);
    expect(said(design)).toEqual([
      expect.stringContaining('warning y: Nothing uses the output of this node, nor of the 1 before it'),
      expect.stringContaining('warning o: Cross-entropy applies Softmax itself'),
    ]);
    const { program, totals } = compile(design, library);
    expect(program?.main.nodes.map(({ id }) => id)).toEqual(['i', 'd', 's', 'o']);
    expect([program?.totals.trainable, totals.trainable]).toEqual([15, 15 + 36]);
    expect(said(network(3, { loss: { type: 'crossEntropy', from: 'probabilities' } }))).toEqual([]);
  });
});

describe('sizes', () => {
  it('beyond what memory can hold name the node and what to do', () => {
    expect(said(network(1_000_000_000))[0]).toContain(
      'error d: Its weight kernel of 4×1000000000 has more than 2^31 elements. Reduce units.',
    );
    const wide = said(
      drawing([
        ['i: Input', { shape: [70000] }],
        ['d: Dense', { units: 30500 }],
        ['e: Dense', { units: 70000 }],
        ['f: Dense', { units: 1000 }],
        'o: Output',
        'i > d > e > f > o',
      ]),
    );
    expect(wide).toEqual([
      expect.stringMatching(
        /^error [de]: Training with batches of 32 needs about \d+\.\d GiB, expected at most 64\.0 GiB.*Reduce units\.$/,
      ),
    ]);
    const batch = network(100_000, {}, { training: { batchSize: 100_000 } });
    expect(said(batch)[0]).toContain(
      'error d: Its output of 100000×100000 has more than 2^31 elements. Reduce units or the batch size.',
    );
  });

  it('beyond it are mended by a smaller batch where one fits, and name the parameter to reduce', () => {
    const tall = network(100_000, {}, { training: { batchSize: 100_000 } });
    const tanhs = Array.from({ length: 20 }, (_, at) => `t${at + 1}`);
    const lines: Line[] = [
      ['i: Input', { shape: [4] }],
      ['d: Dense', { units: 1_000_000 }],
      ...tanhs.map((id): Line => `${id}: Tanh`),
      'o: Output',
      ['i', 'd', ...tanhs, 'o'].join(' > '),
    ];
    const heavy = drawing(lines, { training: { batchSize: 2000 } });
    for (const [design, fitting, place] of [
      [tall, 21_474, ['d', 'units']],
      [heavy, 500, ['t1', null]],
    ] as const) {
      const [found] = compile(design, library).diagnostics as [Diagnostic];
      expect([found.node, found.param]).toEqual(place);
      expect(found.repairs[0]?.title).toBe(`Set the batch size to ${fitting}`);
      const mended = applyEdit(design, repairEdit(design, found, found.repairs[0] as Repair)).design;
      expect(said(mended)).toEqual([]);
    }
    const [hopeless] = compile(network(1_000_000_000), library).diagnostics as [Diagnostic];
    expect([hopeless.param, hopeless.repairs]).toEqual(['units', []]);
  });

  it('that a definition gets wrong are refused before a kernel reads past them', () => {
    const nothing = {
      ...(library.layers.get('ReLU') as LayerDefinition),
      type: 'Nothing',
      infer: () => ({ output: batchOf([4, 0]) }),
    };
    const more = { ...library, layers: createRegistry([...library.layers.list, nothing]) };
    const design = drawing([['i: Input', { shape: [4] }], 'n: Nothing', 'o: Output', 'i > n > o']);
    const messages = compile(design, more).diagnostics.map(({ node, message }) => `${node}: ${message}`);
    expect(messages[0]).toContain('n: Its output of 32×4×0 has no elements: every size must be at least 1.');
  });

  it('that are zero or negative are refused where they are given', () => {
    const shaped = (shape: Json): string[] =>
      said(drawing([['i: Input', { shape }], 'd: Dense', 'o: Output', 'i > d > o']));
    for (const shape of [[0], [-1], [4, 0], [1.5], 'x', [1e300]])
      expect(shaped(shape)[0]).toContain('error i: shape: expected a list');
  });
});
