/** Tables as people have them: any separator, quotes, a header or none; and what is wrong is named by row and column. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it, vi } from 'vitest';
import { readCsv } from '../../../electron/files/csv';
import type { CsvTable } from '../../../electron/files/csv';
import { diskFiles } from '../../../electron/files/fileSystem';
import type { FileSystem } from '../../../electron/files/fileSystem';
import { examples } from '../../drivers/examples';

const file = join(mkdtempSync(join(tmpdir(), 'netloom-csv-')), 'flowers.csv');

function read(content: string | Uint8Array, options = {}): Promise<CsvTable> {
  writeFileSync(file, content);
  return readCsv(diskFiles, file, options);
}

/** Columns as plain lists. */
function plain({ columns }: CsvTable): Record<string, unknown[]> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      column.kind === 'number' ? [...column.values] : [...column.codes].map((code) => column.categories[code]),
    ]),
  );
}

describe('a table', () => {
  it('has columns of numbers and of texts, under their names', async () => {
    const table = await read('length,width,kind\n5.1,3.5,setosa\n-7,.5e1,"iris, other"\n1e-3,+4,setosa\n');
    expect(plain(table)).toEqual({
      length: [5.1, -7, 0.001],
      width: [3.5, 5, 4],
      kind: ['setosa', 'iris, other', 'setosa'],
    });
    expect(table).toMatchObject({ rows: 3, separator: ',', hasHeader: true });
    expect(table.columns[2]).toMatchObject({ categories: ['setosa', 'iris, other'] });
  });

  it.each([';', '\t', '|', ','])('may be separated by %j', async (separator) => {
    const table = await read(['a', 'b', 'c'].join(separator) + '\r\n' + [1, 2, 3].join(separator) + '\r\n');
    expect(table.separator).toBe(separator);
    expect(plain(table)).toEqual({ a: [1], b: [2], c: [3] });
  });

  it('may begin with a byte order mark, and have line ends, quotes and line breaks in cells', async () => {
    const table = await read('\ufeffname,value\r\n"say ""hi""\nthere",1\r\nplain,2');
    expect(plain(table)).toEqual({ name: ['say "hi"\nthere', 'plain'], value: [1, 2] });
  });

  it('without a header gets one, unless told otherwise', async () => {
    expect(plain(await read('1,2\n3,4\n'))).toEqual({ column1: [1, 3], column2: [2, 4] });
    expect(plain(await read('2019,2020\n3,4\n', { header: true }))).toEqual({ 2019: [3], 2020: [4] });
    expect(plain(await read('x\ny\n', { header: false }))).toEqual({ column1: ['x', 'y'] });
  });

  it('keeps cells without a value as not-a-number, and says where the first one is', async () => {
    const table = await read('a,b\n1,x\n,y\nNA,\n4,x\n');
    expect(plain(table)).toEqual({ a: [1, NaN, NaN, 4], b: ['x', 'y', '', 'x'] });
    expect(table.columns).toMatchObject([
      { missing: 2, firstMissingRow: 3 },
      { missing: 1, firstMissingRow: 4 },
    ]);
  });

  it('takes a column of numbers as classes where that is wanted', async () => {
    const table = await read('pixel,label\n0.5,7\n0.25,1\n', { kinds: () => ({ texts: ['label'] }) });
    expect(plain(table)).toEqual({ pixel: [0.5, 0.25], label: ['7', '1'] });
  });

  it('of many rows and odd characters comes whole, whatever the pieces it is read in', async () => {
    const rows = Array.from({ length: 30_000 }, (_, row) => `${row},"größe ${row % 7}, 花"`);
    const table = await read(`number,text\n${rows.join('\n')}\n`);
    expect(table.rows).toBe(30_000);
    const { number, text } = plain(table);
    expect(number?.every((value, row) => value === row)).toBe(true);
    expect(text?.every((value, row) => value === `größe ${row % 7}, 花`)).toBe(true);
  });

  it('gives back any cells that were written to it', async () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'ß', ' b', ',', ';', '"', '\n', '\t', '1', '花') })
      .map((text) => `x${text}x`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, fc.double({ noDefaultInfinity: true, noNaN: true })), { minLength: 1 }),
        async (rows) => {
          const table = await read(Papa.unparse([['text', 'number'], ...rows]), {
            separator: ',',
            header: true,
            kinds: () => ({ numbers: ['number'] }),
          });
          expect(plain(table)).toEqual({
            text: rows.map(([text]) => text),
            number: rows.map(([, value]) => value + 0),
          });
        },
      ),
      { numRuns: examples(100) },
    );
  });
});

describe('what is wrong in a table', () => {
  const many = (last: string): string => `x,y\n${'1,2\n'.repeat(50_000)}${last}\n`;
  it.each<[string, string | Uint8Array, object, string]>([
    [
      'a text among numbers',
      'a,b\n1,2\n3,x7\n5,6\n',
      {},
      ', row 3, column "b": "x7" is not a number. Correct the cell, or remove the row or the column.',
    ],
    ['a text far down', many('3,oops'), {}, ', row 50002, column "y": "oops" is not a number'],
    ['a decimal comma', 'a;b\n1;2\n3;2,5\n5;6\n', {}, '"2,5" is not a number. Write decimals with a point.'],
    [
      'a text in a column that must be numbers',
      'a,b\nx,2\n',
      { kinds: () => ({ numbers: ['a'] }) },
      ', row 2, column "a": "x" is not a number',
    ],
    ['a hexadecimal number', 'a\n1\n2\n0x10\n', {}, ', row 4, column "a": "0x10" is not a number'],
    ['a row too short', 'a,b\n1,2\n3\n', {}, ', row 3: the row has 1 cells, 2 were expected'],
    ['a row too long', many('1,2,3'), {}, ', row 50002: the row has 3 cells, 2 were expected'],
    ['an empty row in the middle', 'a,b\n1,2\n\n3,4\n', {}, ', row 3: the row is empty. Remove it.'],
    ['a quote that never ends', 'a,b\n1,"2\n3,4\n', {}, 'Quoted field unterminated'],
    ['a column name twice', 'a,b,a\n1,2,3\n', { header: true }, ', row 1: two columns are called "a"'],
    ['nothing', '', {}, 'is empty'],
    ['only line ends', '\n\n', {}, 'is empty'],
    ['only a header', 'a,b\n', { header: true }, 'no row of values'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2), {}, 'has a zero at byte 4'],
    [
      'another encoding',
      Uint8Array.of(0x61, 0x0a, 0xe4, 0xf6, 0x0a),
      {},
      'is not in UTF-8 (between byte 0 and byte 5)',
    ],
    ['a character cut in half', Uint8Array.of(0x61, 0x0a, 0xe8, 0x8a), {}, 'is not in UTF-8'],
    ['more cells than memory has', 'a,b\n1,2\n3,4\n', { largestCells: 3 }, 'more than 3 cells (row 3)'],
  ])('is named: %s', async (_, content, options, message) => {
    await expect(read(content, options)).rejects.toThrow(message);
    await expect(read(content, options)).rejects.toMatchObject({ file, name: 'FileProblem' });
  });

  it('ends the reading at once, and leaves the file closed', async () => {
    writeFileSync(file, `a,b\n1,2\n${'3,4\n'.repeat(200)}5,oops\n${'1,2\n'.repeat(500_000)}`);
    let pieces = 0;
    let closed = 0;
    const files: FileSystem = {
      ...diskFiles,
      read: (handle, target, position) => ((pieces += 1), diskFiles.read(handle, target, position)),
      close: (handle) => ((closed += 1), diskFiles.close(handle)),
    };
    await expect(readCsv(files, file)).rejects.toThrow('oops');
    await vi.waitUntil(() => closed > 0, { timeout: 30_000 });
    expect(closed).toBe(1);
    expect(pieces).toBeLessThan(6);
  });
});
