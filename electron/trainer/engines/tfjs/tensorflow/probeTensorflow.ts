/** Whether TensorFlow works here, on what, and if not on a card, why not; or what is missing. */
import { cpus } from 'node:os';
import { engineSentences, tensorflowSentences } from '../../../../../shared/messages/engineSentences';
import { fill } from '../../../../../shared/messages/fill';
import { EngineMissing } from '../../../../services/tensorflow/engineMissing';
import { repairCommand } from '../../../../services/python/environmentState';
import { nvidiaDriver } from '../../../../services/python/nvidiaDriver';
import { nvidiaCardThere } from '../../../../services/python/nvidiaCardThere';
import { builtForOthers, whyNotAccelerated } from '../../../../services/tensorflow/whyNotAccelerated';
import { withoutGpu, type Probe } from '../../engine';
import { loadBackend, type TensorLibrary } from '../backend';
import { checkedProduct, versions } from '../probe';
import { loadedTensorflow, onGpu, type LoadedTensorflow } from './loadTensorflow';

export async function probeTensorflow(): Promise<Probe> {
  try {
    const core = await loadBackend('tensorflow');
    const loaded = loadedTensorflow(core);
    if (!loaded) throw new Error('TensorFlow was loaded by somebody else.');
    return describe(core, loaded, measure(core, loaded));
  } catch (error) {
    const missing = error instanceof EngineMissing ? error : null;
    const reason = missing?.reason ?? (error instanceof Error ? error.message : String(error));
    const remedy = missing?.remedy ?? fill(engineSentences.repairWith, { command: repairCommand('tensorflow') });
    const nothing = { available: false, device: null, versions: {}, seconds: null };
    return { ...nothing, reason, remedy, ...withoutGpu, driver: nvidiaDriver(process) };
  }
}

/** A card for which there is no code in the library shows itself at the first product. */
function measure(core: TensorLibrary, { library, card }: LoadedTensorflow): number {
  try {
    return checkedProduct(core);
  } catch (error) {
    const built = card && onGpu(core) ? builtForOthers(library, card) : null;
    if (built === null) throw error;
    throw new EngineMissing(built, tensorflowSentences.otherLibrary);
  }
}

function describe(core: TensorLibrary, loaded: LoadedTensorflow, seconds: number): Probe {
  const { library, source, card, version } = loaded;
  const accelerated = onGpu(core);
  const driver = card?.driver ?? nvidiaDriver(process);
  return {
    available: true,
    device: accelerated ? (card?.name ?? 'GPU') : fill(engineSentences.tensorflowDevice, { threads: cpus().length }),
    versions: { tensorflow: library.version ?? 'unknown', 'tfjs-node': version, ...versions(core) },
    seconds,
    reason: null,
    remedy: null,
    accelerated,
    whyNotAccelerated: accelerated
      ? null
      : whyNotAccelerated({ library, source, driver, card, cardThere: nvidiaCardThere() }),
    driver,
    cuda: library.cuda?.version ?? null,
    computeCapability: card?.computeCapability ?? null,
    builtFor: library.cuda?.capabilities ?? null,
    memory: card?.memory ?? null,
  };
}
