/** Reads a table of separated values, streamed: columns of numbers and of texts, and which row and column is wrong. */
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { createCsvColumns } from './csvColumns';
import type { CsvColumn, CsvKinds } from './csvColumns';
import { csvDialect } from './csvDialect';
import { FileProblem, damaged, fileProblemFrom, systemCode } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { readChunks } from './readChunks';

export interface CsvOptions {
  /** One of `,` `;` tab `|`; found out when left out. */
  readonly separator?: string;
  /** Whether the first row names the columns; found out when left out. */
  readonly header?: boolean;
  /** Given the names of all columns: which of them hold what; of the others their first values tell. */
  readonly kinds?: (names: readonly string[]) => CsvKinds;
  /** How many cells may be held in memory. */
  readonly largestCells?: number;
}

export interface CsvTable {
  readonly columns: readonly CsvColumn[];
  /** Without the header. */
  readonly rows: number;
  readonly separator: string;
  readonly hasHeader: boolean;
}

/** Rows that are looked at before it is settled what each column is. */
const sampleRows = 100;

/**
 * Throws a `FileProblem` that names file, row (the header is row 1, as a spreadsheet counts) and column: for a text in
 * a column of numbers, a row with too many or too few cells, an empty file, bytes that are no UTF-8.
 */
export async function readCsv(files: FileSystem, file: string, options: CsvOptions = {}): Promise<CsvTable> {
  let table: ReturnType<typeof createCsvColumns> | undefined;
  const { parts, separator } = detectSeparator(texts(files, file), options.separator);
  const sample: string[][] = [];
  let row = 0;
  let blankRow = 0;

  function begin(): void {
    const dialect = csvDialect(file, sample, options);
    const first = dialect.hasHeader ? 1 : 0;
    const kinds = options.kinds?.(dialect.names) ?? {};
    table = createCsvColumns(file, sample.slice(first), dialect, kinds, options.largestCells);
    for (let index = first; index < sample.length; index += 1) table.add(sample[index] as string[], index + 1);
  }

  function addRow(cells: string[]): void {
    row += 1;
    if (cells.length === 1 && cells[0]?.trim() === '') {
      blankRow ||= row;
      return;
    }
    if (blankRow > 0)
      throw new FileProblem('bad-value', file, `${file}, row ${blankRow}: the row is empty. Remove it.`);
    if (table) table.add(cells, row);
    else if (sample.push(cells) === sampleRows) begin();
  }

  await parseRows(file, parts, separator, addRow);
  if (sample.length === 0) throw damaged(file, 'is empty: a table with at least one row was expected.');
  if (!table) begin();
  const result = (table as ReturnType<typeof createCsvColumns>).finish();
  if (result.rows === 0) throw damaged(file, 'has a row of names but no row of values.');
  return { ...result, separator };
}

/** Text of the file without its byte order mark; a byte that is not UTF-8 is named. */
function* texts(files: FileSystem, file: string): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = 0;
  for (const chunk of readChunks(files, file)) {
    if (chunk.includes(0))
      throw damaged(file, `has a zero at byte ${at + chunk.indexOf(0)}: a text file in UTF-8 was expected.`);
    try {
      yield decoder.decode(chunk, { stream: true });
    } catch {
      throw notUtf8(file, at, at + chunk.length);
    }
    at += chunk.length;
  }
  try {
    yield decoder.decode();
  } catch {
    throw notUtf8(file, at, at);
  }
}

function notUtf8(file: string, from: number, to: number): FileProblem {
  return damaged(file, `is not in UTF-8 (between byte ${from} and byte ${to}). Save it as "CSV UTF-8".`);
}

/** The separator that the first row has most of, outside quotes; a comma where it has none. */
function detectSeparator(
  parts: Generator<string>,
  given: string | undefined,
): { parts: Iterable<string>; separator: string } {
  if (given !== undefined) return { parts, separator: given };
  const first = parts.next();
  const start = first.done ? '' : first.value;
  const row = /^(?:"[^"]*"|[^"\r\n])*/.exec(start)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: row.split(separator).length }));
  const best = counts.reduce((left, right) => (right.count > left.count ? right : left));
  const chained = function* (): Generator<string> {
    yield start;
    yield* parts;
  };
  return { parts: chained(), separator: best.separator };
}

function parseRows(
  file: string,
  parts: Iterable<string>,
  separator: string,
  onRow: (cells: string[]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let problem: unknown;
    const stream = Readable.from(parts, { encoding: 'utf8' });
    const fail = (error: unknown): void => {
      const wrapped = systemCode(error) === undefined ? error : fileProblemFrom(error, file, 'read');
      reject(wrapped instanceof Error ? wrapped : new Error(String(wrapped)));
    };
    stream.on('error', fail);
    Papa.parse<string[]>(stream, {
      delimiter: separator,
      step: ({ data, errors }, parser) => {
        try {
          const quotes = errors.find(({ type }) => type === 'Quotes');
          if (quotes)
            throw new FileProblem('bad-value', file, `${file}, row ${(quotes.row ?? 0) + 1}: ${quotes.message}.`);
          onRow(data);
        } catch (error) {
          problem = error;
          parser.abort();
        }
      },
      complete: () => {
        // Also after an abort, which leaves the rest of the file unread and open.
        stream.destroy();
        if (problem === undefined) resolve();
        else fail(problem);
      },
      error: fail,
    });
  });
}
