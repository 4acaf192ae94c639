/** Proves a folder that was just exported, on samples of its design's own data, and notes it in the folder. */
import { diskFiles } from '../../files/fileSystem';
import { openData } from '../data/openData';
import type { SpawnTrainer } from '../training/trainerHost';
import type { ExportResult, ExportStep } from './exportDesign';
import type { ExportTarget } from '../../../shared/codegen/exportTarget';
import { noteVerified } from './verifiedFile';
import { verifyExports, type Verified, type VerifyItem } from './verifyExports';
import type { TargetRunner } from './verifyRunner';
import { madeUpSamples, movedValues, realSamples } from './verifySamples';

export interface VerifyOptions {
  spawn: SpawnTrainer;
  run: TargetRunner;
  onStep?: (step: ExportStep | 'engine' | 'run') => void;
}

export async function verifyExported(
  exported: ExportResult,
  target: ExportTarget,
  { spawn, run, onStep }: VerifyOptions,
): Promise<Verified> {
  onStep?.('engine');
  const item = await verifyItem(exported, target);
  const begin: TargetRunner = (...given) => {
    onStep?.('run');
    return run(...given);
  };
  const [verified] = await verifyExports([item], begin, { spawn });
  if (!verified) throw new Error('nothing was verified');
  noteVerified(diskFiles, verified);
  return verified;
}

export async function verifyItem(exported: ExportResult, target: ExportTarget): Promise<VerifyItem> {
  const { folder, model, design, program, values, dataFolder } = exported;
  const base = { design, program, exported: values.values, moved: movedValues(program, values.values) };
  if (dataFolder === null) {
    const info = { fields: inputFields(exported), counts: { train: 0, validation: 0, test: 0 } };
    return { folder, target, model, verification: { ...base, info, samples: madeUpSamples(program, info) } };
  }
  const data = openData(dataFolder);
  try {
    const samples = await realSamples(program, data);
    return { folder, target, model, verification: { ...base, info: data.info, samples } };
  } finally {
    data.close();
  }
}

/** What a design without data takes. */
function inputFields({ program }: ExportResult): VerifyItem['verification']['info']['fields'] {
  return program.feeds.map(({ path, field }) => {
    const node = program.main.nodes.find(({ id }) => id === path);
    const [type] = Object.values(node?.outputTypes ?? {});
    const shape = (type?.dims ?? []).slice(1).map(({ size }) => (typeof size === 'number' ? size : 1));
    return { name: field, shape, dtype: type?.dtype === 'int32' ? ('int32' as const) : ('float32' as const) };
  });
}
