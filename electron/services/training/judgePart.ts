/** What a trained network decides on every sample of a part: computed once for each checkpoint, kept beside the run. */
import { join } from 'node:path';
import { withFileProblems } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { checkpointFile } from '../runs/runFolder';
import type { PredictOptions } from './predictSample';
import { withRunData } from './predictSample';
import { openTrainer } from './trainerHost';

export interface JudgeOptions extends Omit<PredictOptions, 'sample'> {
  part: 'validation' | 'test';
}

/** The file that `confusionCell` reads. Throws as `predictSample` does. */
export async function judgePart(options: JudgeOptions): Promise<string> {
  const { spawn, part } = options;
  return withRunData(options, async ({ folder, data }) => {
    const to = decisionsFile(folder, part);
    if (diskFiles.facts(to) !== undefined) return to;
    removeOlder(folder, part);
    const host = await openTrainer(spawn);
    try {
      await host.request('judge', { folder, data: { folder: data }, part, to });
      return to;
    } finally {
      await host.close();
    }
  });
}

const judgements = 'judgements';

/** Named after the checkpoint's time, so that a run that was resumed is judged anew. */
function decisionsFile(folder: string, part: string): string {
  const found = (['best', 'last'] as const).find((kind) => diskFiles.facts(checkpointFile(folder, kind)));
  const modified = found ? Math.round(diskFiles.facts(checkpointFile(folder, found))?.modifiedMs ?? 0) : 0;
  return join(folder, judgements, `${part}-${found ?? 'none'}-${modified}.safetensors`);
}

function removeOlder(folder: string, part: string): void {
  const place = join(folder, judgements);
  withFileProblems(place, 'write', () => {
    diskFiles.makeFolder(place);
    const older = diskFiles.listFolder(place).filter((name) => name.startsWith(`${part}-`));
    for (const name of older) diskFiles.remove(join(place, name));
  });
}
