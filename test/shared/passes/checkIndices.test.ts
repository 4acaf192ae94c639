// Indices that the data hold and that an Embedding has no row for are found before they are looked up.
import { describe, expect, it } from 'vitest';
import { compile, type Compiled } from '../../../shared/compile';
import { applyEdit } from '../../../shared/design/edits';
import { repairEdit } from '../../../shared/design/repairEdit';
import type { Design } from '../../../shared/design/schema';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import { library } from '../../../shared/library';
import type { Diagnostic } from '../../../shared/messages';
import type { Repair } from '../../../shared/messages/define';
import { bodyOf, drawing, type Line } from '../../generators/drawing';

const info: DataInfo = {
  fields: [
    { name: 'words', shape: [6], dtype: 'int32', range: [0, 499] },
    { name: 'users', shape: [2], dtype: 'int32', range: [0, 7] },
    { name: 'label', shape: [], dtype: 'int32', classes: ['no', 'yes'], range: [0, 1] },
  ],
  counts: { train: 8, validation: 4, test: 4 },
};
const words: Line = ['w: Input', { shape: [6], dtype: 'int32', field: 'words' }];
const users: Line = ['u: Input', { shape: [2], dtype: 'int32', field: 'users' }];
const ends: Line[] = [['d: Dense', { units: 2 }], ['o: Output', { target: 'label' }], 'd > o'];

function wrong(design: Design, data = info): Diagnostic[] {
  return compile(design, library, { data }).diagnostics.filter(({ severity }) => severity === 'error');
}

const said = (design: Design, data = info): string[] => wrong(design, data).map((one) => `${one.node}: ${one.message}`);

function mended(design: Design): Compiled {
  const [found] = wrong(design) as [Diagnostic];
  const edit = repairEdit(design, found, found.repairs[0] as Repair);
  return compile(applyEdit(design, edit).design, library, { data: info });
}

describe('an Embedding', () => {
  const flat = (vocabulary: number): Design =>
    drawing([words, ['e: Embedding', { vocabulary, features: 3 }], 'f: Flatten', ...ends, 'w > e > f > d']);

  it('has a row for every index of its field, or is given them by a repair', () => {
    expect(said(flat(500))).toEqual([]);
    expect(said(flat(499))).toEqual([
      'e: vocabulary: the field "words" holds indices from 0 to 499, but the table has rows 0 to 498 alone.',
    ]);
    expect(wrong(flat(499))[0]).toMatchObject({ code: 'indexOutOfRange', param: 'vocabulary', port: 'input' });
    expect(mended(flat(10)).program?.main.nodes.find(({ id }) => id === 'e')).toMatchObject({
      params: { vocabulary: 500 },
    });
  });

  it('is not judged where nothing is known of the indices, and cannot be mended where they are negative', () => {
    const fields = info.fields.map((field) => ({ ...field, range: undefined }));
    expect(said(flat(10), { ...info, fields })).toEqual([]);
    const below = info.fields.map((field) => (field.name === 'words' ? { ...field, range: [-1, 5] as const } : field));
    const [found] = wrong(flat(10), { ...info, fields: below });
    expect([found?.message, found?.repairs]).toEqual([expect.stringContaining('from -1 to 5'), []]);
  });

  it('is asked about its own field alone, behind layers that pass indices on', () => {
    const design = drawing([
      words,
      users,
      ['r: Reshape', { shape: [2, 3] }],
      'g: Flatten',
      ['e: Embedding', { vocabulary: 400, features: 3 }],
      ['k: Embedding', { vocabulary: 8, features: 3 }],
      ['c: Concatenate', { axis: 1 }],
      'f: Flatten',
      ...ends,
      'w > r > g > e > c > f > d',
      'u > k > c',
    ]);
    expect(said(design)).toEqual([expect.stringMatching(/^e: vocabulary: the field "words"/)]);
    expect(mended(design).diagnostics).toEqual([]);
  });

  it('in a block is named where it stands, once for all passes that say the same', () => {
    const table = {
      params: { rows: 8 },
      ...bodyOf(['x: Input', ['e: Embedding', { vocabulary: '=rows', features: 3 }], 'y: Output', 'x > e > y']),
    };
    const pair = bodyOf([
      'x: Input',
      't: @table',
      ['s: @table', { rows: 500 }],
      'a: Add',
      'y: Output',
      'x > t > a > y',
      'x > s > a',
    ]);
    const design = drawing([words, 'p: @pair', 'f: Flatten', ...ends, 'w > p > f > d'], { blocks: { table, pair } });
    expect(said(design)).toEqual([expect.stringMatching(/^p\/t\/e: vocabulary: the field "words" .* 0 to 7 alone/)]);
    expect(mended(design).diagnostics).toEqual([]);
    const twice: Line[] = ['p: @table', 's: @table', 'a: Add', 'w > p > a > f > d', 'w > s > a'];
    expect(said(drawing([words, ...twice, 'f: Flatten', ...ends], { blocks: { table } }))).toEqual([
      expect.stringMatching(/^p\/e: vocabulary/),
    ]);
    const same = { blocks: { same: bodyOf(['x: Input', ['r: Reshape', { shape: [6] }], 'y: Output', 'x > r > y']) } };
    const behind = drawing(
      [words, 's: @same * 3', ['e: Embedding', { vocabulary: 5 }], 'f: Flatten', ...ends, 'w > s > e > f > d'],
      same,
    );
    expect(said(behind)).toEqual([expect.stringMatching(/^e: vocabulary/)]);
  });

  it('that shares its table is mended together with the owner', () => {
    const design = drawing([
      words,
      ['e: Embedding', { vocabulary: 8, features: 3 }],
      ['k: Embedding', { vocabulary: 8, features: 3, weightsOf: 'e' }],
      'a: Add',
      'f: Flatten',
      ...ends,
      'w > e > a > f > d',
      'w > k > a',
    ]);
    expect(wrong(design).map(({ node }) => node)).toEqual(['e', 'k']);
    const second = wrong(design)[1] as Diagnostic;
    const both = applyEdit(design, repairEdit(design, second, second.repairs[0] as Repair)).design;
    expect(said(both)).toEqual([]);
  });
});
