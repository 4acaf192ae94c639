/** A private folder with all that the engine's process opens: its code, the first weights, and where the data lie. */
import { closeSync, mkdtempSync, openSync, promises as fileSystem, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../../../shared/codegen/pytorch/writeSession';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { parts, type Part } from '../../../../shared/ir/dataSetDefinition';
import type { Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { withFileProblems } from '../../../files/fileProblem';
import { diskFiles } from '../../../files/fileSystem';
import { writeSafetensors } from '../../../files/safetensors';
import type { SampleReader, StoredField } from '../../../files/sampleReader';
import { firstValues } from '../../../services/designs/firstValues';
import { createBatchPlan } from '../tfjs/batches';
import { elementsOf } from '../weightGroups';
import { folderBeginning, removeAbandonedFolders } from './abandonedFolders';
import type { Twins } from './twins';

export interface SessionFolder {
  readonly path: string;
  readonly dataFile: string;
  /** First weights, equal on every engine. */
  readonly start: string;
  /** A file in it. */
  file: (name: string) => string;
  remove: () => Promise<void>;
}

export async function makeSessionFolder(
  program: CheckedProgram,
  session: Session,
  twins: Twins,
  data: SampleReader,
): Promise<SessionFolder> {
  removeAbandonedFolders();
  const path = withFileProblems(tmpdir(), 'write', () => mkdtempSync(folderBeginning()));
  const file = (name: string): string => join(path, name);
  try {
    for (const source of session.files)
      withFileProblems(path, 'write', () => writeFileSync(file(source.path), textOf(source)));
    const start = file('start.safetensors');
    writeSafetensors(diskFiles, start, { metadata: {}, tensors: twins.toTheirs(firstWeights(program)) });
    const dataFile = file('data.json');
    const fields = JSON.stringify({ parts: await describeData(program, data, file) });
    withFileProblems(path, 'write', () => writeFileSync(dataFile, fields));
    return { path, dataFile, start, file, remove: () => fileSystem.rm(path, { recursive: true, force: true }) };
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

function firstWeights(program: CheckedProgram): Map<string, Values> {
  const { seed } = program.training;
  const values = weightPlaces(program).map((place): [string, Values] => [
    `weights/${place.key}`,
    { shape: place.spec.shape, data: firstValues(place, seed) },
  ]);
  return new Map(values);
}

interface FieldUse {
  field: string;
  shape: readonly number[];
  dtype: 'float32' | 'int32';
}

type Described = StoredField & { count: number };

async function describeData(
  program: CheckedProgram,
  data: SampleReader,
  file: (name: string) => string,
): Promise<Record<Part, Record<string, Described>>> {
  const uses = usesOf(program);
  const described: Record<Part, Record<string, Described>> = { train: {}, validation: {}, test: {} };
  for (const part of parts) {
    for (const [at, use] of uses.entries()) {
      const count = data.count(part);
      const stored = data.stored ? data.stored(use.field, part) : undefined;
      // A sample that is to be judged has no target.
      if (stored === null) continue;
      described[part][use.field] = {
        ...(stored && fits(stored, use) ? stored : await copy(data, use, part, file(`field${at}.${part}.bin`))),
        shape: use.shape,
        dtype: use.dtype,
        count,
      };
    }
  }
  return described;
}

/** Every field once: as whole numbers only where every use takes them so. */
function usesOf(program: CheckedProgram): FieldUse[] {
  const { feeds, targets } = createBatchPlan(program);
  const uses = [...feeds.values(), ...targets.flatMap((use) => use ?? [])];
  return [...new Set(uses.map(({ field }) => field))].map((field) => {
    const own = uses.filter((use) => use.field === field);
    const whole = own.every(({ dtype }) => dtype === 'int32');
    return { field, shape: own[0]?.shape ?? [], dtype: whole ? 'int32' : 'float32' };
  });
}

/** Whether the engine's process computes the same numbers from the file that a reader gives. */
function fits({ shape, dtype, divideBy }: StoredField, use: FieldUse): boolean {
  const same = elementsOf(shape) === elementsOf(use.shape);
  return same && Math.fround(divideBy) === divideBy && (divideBy === 1 || dtype === use.dtype);
}

const rowsAtOnce = 1024;

async function copy(data: SampleReader, use: FieldUse, part: Part, file: string): Promise<StoredField> {
  const count = data.count(part);
  const { field, shape, dtype } = use;
  const handle = withFileProblems(file, 'write', () => openSync(file, 'w'));
  try {
    for (let from = 0; from < count; from += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, count - from);
      const read = await data.read(
        field,
        part,
        Uint32Array.from({ length: rows }, (_, at) => from + at),
      );
      if (read.length !== rows * elementsOf(shape))
        throw new Error(
          `The data field "${field}" gave ${read.length} numbers for ${rows} samples of ${shape.join('×')}.`,
        );
      const values = dtype === 'int32' ? Int32Array.from(read) : Float32Array.from(read);
      withFileProblems(file, 'write', () => writeSync(handle, new Uint8Array(values.buffer)));
    }
  } finally {
    closeSync(handle);
  }
  return { file, stored: dtype, dtype, shape, divideBy: 1 };
}
