/** The samples of a design: prepared as a user's run would have them, or made up where they would have to be downloaded. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetsFolder } from '../../electron/services/data/assetsFolder';
import { openData, type OpenedData } from '../../electron/services/data/openData';
import { prepareHere } from '../../electron/services/data/prepareHere';
import { library } from '../../shared/library';
import type { DataInfo } from '../../shared/ir/dataSetDefinition';
import { resolveData } from '../../shared/datasets/resolveData';
import { randomStream } from '../../shared/training/random';
import type { DataConfig } from '../../shared/training/config';

export interface BenchData {
  open: () => OpenedData;
  remove: () => void;
}

/** `most`: samples of each part of data that are made up. */
export async function benchData(config: DataConfig, most: number): Promise<BenchData> {
  const resolution = resolveData(config, library.dataSets);
  if ('problems' in resolution) throw new Error(resolution.problems.map(({ message }) => message).join('\n'));
  const { definition, info } = resolution.resolved;
  if (definition.origin === 'download' && info) {
    const made = madeUp(info, most);
    return { open: () => made, remove: () => undefined };
  }
  const home = mkdtempSync(join(tmpdir(), 'netloom-bench-data-'));
  const { folder } = await prepareHere(config, { home, folder: home, assets: assetsFolder(), mirror: null });
  return { open: () => openData(folder), remove: () => rmSync(home, { recursive: true, force: true }) };
}

function madeUp(info: DataInfo, most: number): OpenedData {
  const counts = {
    train: Math.min(info.counts.train, most),
    validation: Math.min(info.counts.validation, most / 4),
    test: Math.min(info.counts.test, most / 4),
  };
  const fields = new Map(
    info.fields.map(({ name, shape, dtype, classes }) => {
      const elements = shape.reduce((product, size) => product * size, 1);
      const drawn = randomStream(1, 'made up', name).uniform(most * elements);
      const values = dtype === 'int32' ? Int32Array.from(drawn, (unit) => unit * (classes?.length ?? 2)) : drawn;
      return [name, { values, elements }] as const;
    }),
  );
  const made = {
    info: { ...info, counts },
    hash: 'made up',
    count: (part: keyof typeof counts) => counts[part],
    read: (field: string, _part: string, indices: Uint32Array) => {
      const { values, elements } = fields.get(field)!;
      const rows =
        values instanceof Int32Array
          ? new Int32Array(indices.length * elements)
          : new Float32Array(indices.length * elements);
      indices.forEach((index, row) =>
        rows.set(values.subarray(index * elements, (index + 1) * elements), row * elements),
      );
      return Promise.resolve(rows);
    },
    holds: () => true,
    close: () => undefined,
  };
  return made as unknown as OpenedData;
}
