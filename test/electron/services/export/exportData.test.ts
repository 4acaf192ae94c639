/** Samples beside exported code: files named after the data's fields, which may be called anything. */
import fc from 'fast-check';
import { normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenedData } from '../../../../electron/services/data/openData';
import { dataArrays } from '../../../../electron/services/export/exportData';
import type { CheckedProgram } from '../../../../shared/ir/program';

const programOf = (field: string): CheckedProgram =>
  ({ feeds: [{ path: 'input', name: 'input', field }], heads: [] }) as unknown as CheckedProgram;

const dataWith = (name: string): OpenedData =>
  ({
    info: { fields: [{ name, shape: [2], dtype: 'float32' }] },
    count: (part: string) => (part === 'train' ? 3 : 0),
  }) as unknown as OpenedData;

const arraysOf = (name: string): string[] => dataArrays(programOf(name), dataWith(name), true).map(({ path }) => path);

describe('the file of a field', () => {
  it('has its part and its name', () => {
    expect(arraysOf('image')).toEqual(['data/train_image.npy']);
    expect(arraysOf('图像_2')).toEqual(['data/train_图像_2.npy']);
  });

  it.each(['../../model', 'a/b', 'a\\b', '', 'a\0b', '..', 'x'.repeat(200), 'nul:', 'a\nb'])(
    'is refused for %j, with the way out',
    (name) => {
      expect(() => arraysOf(name)).toThrow(/cannot be part of a file's name\. Rename it/);
    },
  );

  it('never lies outside of the folder of data, whatever a field is called', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', '_') })), (name) => {
        try {
          for (const path of arraysOf(name)) expect(normalize(path)).toMatch(/^data[\\/][^\\/]+\.npy$/);
        } catch (error) {
          expect(String(error)).toMatch(/cannot be part of a file's name/);
        }
      }),
    );
  });
});
