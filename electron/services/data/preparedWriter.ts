/** Writes a prepared data set aside, a piece at a time, keeping count of what is in it; memory stays at the buffers. */
import { join } from 'node:path';
import { parts } from '../../../shared/ir/dataSetDefinition';
import type { Part } from '../../../shared/ir/dataSetDefinition';
import { atomicWrite } from '../../files/atomicWrite';
import { beginAtomicFolder } from '../../files/atomicFolder';
import { FileProblem } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { beginPartFile } from './partWriter';
import type { PartWriter } from './partWriter';
import { descriptionFile, partFile, preparedSchema } from './preparedFormat';
import type { Description, FieldPlan, Prepared, PreparedField, StoredValues } from './preparedFormat';

export interface PreparedWriter {
  /** The folder aside, for a source's own temporary files; it has to remove them before `commit`. */
  readonly folder: string;
  addField(plan: FieldPlan): void;
  /** Appends whole samples, in the type that the plan stores. */
  append(field: string, part: Part, values: StoredValues): void;
  /** Checks that fields agree, then gives the folder its name. */
  commit(
    description: Description,
    isWhole: (folder: string) => boolean,
    checkCounts?: (counts: Record<Part, number>) => void,
  ): Prepared;
  abandon(): void;
}

/** Every path out must end in `commit` or `abandon`. Throws `FileProblem`. */
export function beginPreparedFolder(files: FileSystem, folder: string): PreparedWriter {
  const aside = beginAtomicFolder(files, folder);
  const fields = new Map<string, { plan: FieldPlan; writers: Record<Part, PartWriter> }>();
  const opened: PartWriter[] = [];
  const writerOf = (field: string, part: Part): PartWriter => {
    const writer = fields.get(field)?.writers[part];
    if (!writer) throw new Error(`no field ${field} was planned`);
    return writer;
  };
  return {
    folder: aside.path,
    addField(plan) {
      const begin = (part: Part): PartWriter => {
        const writer = beginPartFile(files, join(aside.path, partFile(plan.name, part)), plan);
        opened.push(writer);
        return writer;
      };
      fields.set(plan.name, {
        plan,
        writers: { train: begin('train'), validation: begin('validation'), test: begin('test') },
      });
    },
    append: (field, part, values) => writerOf(field, part).append(values),
    commit(description, isWhole, checkCounts) {
      const finished = [...fields.values()].map(({ plan, writers }) => finishField(plan, writers));
      const counts = commonCounts(finished);
      checkCounts?.(counts);
      const prepared = preparedSchema.parse({ ...description, counts, fields: finished.map(({ field }) => field) });
      const text = `${JSON.stringify(prepared, null, 1)}\n`;
      atomicWrite(files, join(aside.path, descriptionFile), [Buffer.from(text)]);
      aside.commit(isWhole);
      return prepared;
    },
    abandon() {
      try {
        for (const writer of opened) writer.close();
      } catch {
        // The disk fails at the clean-up, too; the folder aside still has to be given up.
      }
      aside.abandon();
    },
  };
}

interface Finished {
  field: PreparedField;
  counts: Record<Part, number>;
}

function finishField(plan: FieldPlan, writers: Record<Part, PartWriter>): Finished {
  const [train, validation, test] = [writers.train.finish(), writers.validation.finish(), writers.test.finish()];
  return {
    field: {
      ...plan,
      kind: plan.kind ?? 'array',
      parts: { train: train.facts, validation: validation.facts, test: test.facts },
    },
    counts: { train: train.samples, validation: validation.samples, test: test.samples },
  };
}

function commonCounts(finished: readonly Finished[]): Record<Part, number> {
  const written = finished.filter(({ field }) => field.kind === 'array');
  const counts = written[0]?.counts;
  if (!counts) throw new Error('a data set without fields');
  for (const part of parts) {
    if (written.some((other) => other.counts[part] !== counts[part])) throw new Error(`fields of ${part} differ`);
  }
  return counts;
}

/** What every data set to train on has to have. `where`: the user's file, or the set's name. */
export function refuseEmptyParts(where: string, counts: Record<Part, number>): void {
  const empty = parts.find((part) => counts[part] === 0);
  if (empty === undefined) return;
  const told = `train ${counts.train}, validation ${counts.validation}, test ${counts.test} samples`;
  const message = `${where}: the ${empty} part is empty (${told}). Give it more samples, or change the split.`;
  throw new FileProblem('bad-value', where, message);
}
