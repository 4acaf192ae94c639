/** Every writer of a file that must not be lost (checkpoint, design, run record) at every failure of the disk. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeLeftovers } from '../../electron/files/atomicWrite';
import { FileProblem } from '../../electron/files/fileProblem';
import { diskFiles, type FileSystem } from '../../electron/files/fileSystem';
import { openDesign } from '../../electron/services/designs/openDesign';
import { saveDesign } from '../../electron/services/designs/saveDesign';
import { writeRunRecord, type RunRecord } from '../../electron/services/runs/runRecord';
import { loadCheckpoint, snapshotOf, tensorsOf, type CheckpointEntry } from '../../electron/trainer/engines/checkpoint';
import { emptyDesign } from '../../shared/design/schema';
import { everyFailure } from './files/everyFailure';

type State = 'old' | 'new';

interface Writer {
  file: string;
  write: (files: FileSystem, file: string, state: State) => void | Promise<void>;
  /** What stands in the file, read as the product reads it. */
  read: (file: string) => State;
}

/** A weight whose every element says which state it is of. */
function weight(state: State): CheckpointEntry & { found: () => number[] } {
  let values = new Float32Array(1000).fill(state === 'old' ? 1 : 2);
  return {
    name: 'weights/dense/kernel',
    shape: [1000],
    read: () => values,
    take: (taken) => {
      values = Float32Array.from(taken);
    },
    found: () => [...new Set(values)],
  };
}

const record: RunRecord = {
  version: 1,
  id: 'old',
  created: '2026-11-21T00:00:00.000Z',
  name: 'a run',
  design: {},
  designFile: null,
} as unknown as RunRecord;

const writers: Record<string, Writer> = {
  'a checkpoint': {
    file: 'last.safetensors',
    write: (files, file, state) => snapshotOf(() => tensorsOf([weight(state)]), files).write(file, { state }),
    read: (file) => {
      const taken = weight('old');
      const { metadata } = loadCheckpoint(file, [taken], false);
      expect(taken.found()).toEqual([metadata.state === 'old' ? 1 : 2]);
      return metadata.state as State;
    },
  },
  'a design': {
    file: 'drawing.netloom',
    write: (files, file, state) => saveDesign(file, emptyDesign(state), files),
    read: (file) => openDesign(file).name as State,
  },
  'a run record': {
    file: 'run.json',
    write: (files, file, state) => writeRunRecord(files, join(file, '..'), { ...record, id: state }),
    read: (file) => (JSON.parse(readFileSync(file, 'utf8')) as { id: State }).id,
  },
};

describe.each(Object.entries(writers))('%s', (_, { file, write, read }) => {
  it('is the old one or the new one after any failure, and the user hears of it', async () => {
    const { operations } = await everyFailure({
      prepare: (folder) => write(diskFiles, join(folder, file), 'old'),
      write: (files, folder) => write(files, join(folder, file), 'new'),
      check: (folder, { finished, error }) => {
        const state = read(join(folder, file));
        if (finished) expect(state).toBe('new');
        if (error !== undefined) expect(error).toBeInstanceOf(FileProblem);
        removeLeftovers(diskFiles, folder);
        expect(readdirSync(folder)).toEqual([file]);
      },
    });
    expect(operations.length).toBeGreaterThan(4);
  });
});
