/** What the reading process answers: runs out of a cache, data and samples out of prepared folders. */
import type { Handlers } from '../../../shared/ipc/define';
import type { ReaderContract } from '../../../shared/ipc/reader';
import type { Json } from '../../../shared/messages/define';
import { diskFiles } from '../../files/fileSystem';
import { createDataCache } from '../data/dataCache';
import { dataInfo } from '../data/dataInfo';
import { describeData } from '../data/describeData';
import { readSamples } from '../data/readSamples';
import { studioData, studioInfo } from '../data/studioData';
import { compareRuns } from '../runs/compareRuns';
import { confusionCell } from '../runs/confusionCell';
import { findRun } from '../runs/findRun';
import { createRunCache } from '../runs/runCache';
import { readRunRecord } from '../runs/runRecord';
import { seriesOf, studioRun } from '../runs/studioRun';

export function readerHandlers(): Handlers<ReaderContract> {
  const runs = createRunCache();
  const data = createDataCache();
  return {
    runs: ({ home }) => ({ runs: runs.list(home) }),
    runDetails: ({ home, run, buckets }) => studioRun(runs.read(home, run), buckets),
    runSeries({ home, run, names, from, to, buckets }) {
      const { history } = runs.read(home, run);
      return { series: history ? seriesOf(history, names, from, to, buckets) : [] };
    },
    compareRuns({ home, runs: ids, all }) {
      const { differences } = compareRuns(home, ids, { all });
      const known = (value: Json | undefined): Json => (value === undefined ? null : value);
      return { differences: differences.map(({ path, values }) => ({ path, values: values.map(known) })) };
    },
    runDesign({ home, run }) {
      const { design, data: config, designFile } = readRunRecord(diskFiles, findRun(home, run).folder);
      return { design, data: config, designFile };
    },
    async dataInfo({ data: config, places }) {
      const info = await dataInfo(config, places);
      return { info: info && studioInfo(info) };
    },
    describeData: async ({ data: config, places }) => studioData(await describeData(config, places)),
    async dataSamples({ data: config, places, part, indices }) {
      const opened = await data.open(config, places);
      const counts = {
        train: opened.count('train'),
        validation: opened.count('validation'),
        test: opened.count('test'),
      };
      return { counts, samples: await readSamples(opened, part, indices) };
    },
    async confusionSamples({ data: config, places, part, predictions, head, actual, predicted, most }) {
      const found = confusionCell(predictions, { head, actual, predicted });
      const opened = await data.open(config, places);
      return { total: found.length, samples: await readSamples(opened, part, found.slice(0, most)) };
    },
  };
}
