/** What a window may ask about data: what is known, what is in it, preparing it, samples to draw. */
import { dirname, relative, isAbsolute, sep } from 'node:path';
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { Json } from '../../../shared/messages/define';
import { dataConfigSchema, type DataConfig } from '../../../shared/training/config';
import type { DataPlaces } from '../../services/data/dataSource';
import { prepareData } from '../../services/data/prepareData';
import { ServiceProblem } from '../../services/serviceProblem';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'dataInfo' | 'describeData' | 'prepareData' | 'cancelPreparation' | 'dataSamples' | 'chooseDataFile';

export function dataHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, reader, system } = context;
  let preparation: AbortController | null = null;

  const places = (): DataPlaces => {
    const file = documents.shownIn(window)?.file ?? null;
    return { ...placesOf(context, file) };
  };

  return {
    dataInfo: ({ data }) => reader.request('dataInfo', { data: configOf(data), places: places() }),
    describeData: ({ data }) => reader.request('describeData', { data: configOf(data), places: places() }),
    async prepareData({ data }) {
      preparation?.abort();
      const own = new AbortController();
      preparation = own;
      const config = configOf(data);
      const where = places();
      const onProgress = (progress: Parameters<typeof window.emit<'data'>>[1]): void => window.emit('data', progress);
      await prepareData(config, where, { spawn: context.prepare, onProgress, signal: own.signal });
      if (preparation === own) preparation = null;
      return reader.request('describeData', { data: config, places: where });
    },
    cancelPreparation() {
      preparation?.abort();
      preparation = null;
      return {};
    },
    async dataSamples({ data, part, indices }) {
      const { samples } = await reader.request('dataSamples', {
        data: configOf(data),
        places: places(),
        part,
        indices,
      });
      return { samples };
    },
    async chooseDataFile() {
      const chosen = await system.chooseData(window);
      return { file: chosen && asNamed(chosen, documents.shownIn(window)?.file ?? null) };
    },
  };
}

/** Relative paths count from the design's folder; of one that was never saved, from the home folder. */
export function placesOf({ home, assets, mirror }: StudioContext, designFile: string | null): DataPlaces {
  return { home, folder: designFile === null ? home : dirname(designFile), assets, mirror };
}

function configOf(data: Json): DataConfig {
  const parsed = dataConfigSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new ServiceProblem('design-invalid', 'The data are not described as a source with its parameters.');
}

/** As the design should name it: relative where it lies beside or below the design, so that both can be moved. */
function asNamed(chosen: string, designFile: string | null): string {
  if (designFile === null) return chosen;
  const path = relative(dirname(designFile), chosen);
  return isAbsolute(path) || path.startsWith('..') ? chosen : path.split(sep).join('/');
}
