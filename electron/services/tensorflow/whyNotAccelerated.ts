/** Why TensorFlow computes on the processor although it could be a card, and what to do about it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installCommand, repairCommand } from '../python/environmentState';
import { driverAtLeast } from '../python/nvidiaDriver';
import { fits, type NvidiaCard } from './nvidiaCards';
import type { TensorflowLibrary } from './tensorflowLibrary';

const command = installCommand('tensorflow');
const repair = repairCommand('tensorflow');
/** The oldest driver that runs CUDA 12, and the one for CUDA 11. */
const oldestDrivers: Record<string, number> = { '11': 450, '12': 525, '13': 580 };

export interface GpuState {
  library: TensorflowLibrary;
  driver: string | null;
  card: NvidiaCard | null;
}

export function whyNotAccelerated({ library, driver, card }: GpuState): string {
  const { cuda, folder } = library;
  if (driver === null) {
    const install = `With an NVIDIA card in this machine, install its driver (nvidia-smi shows it then)`;
    if (cuda) return `No NVIDIA driver was found, so this TensorFlow for CUDA computes on the CPU. ${install}.`;
    return `No NVIDIA driver was found. ${install}, then run "${command}".`;
  }
  if (!cuda) {
    return `This TensorFlow (${folder}) was built without CUDA. Run "${command}", which takes the build for NVIDIA cards.`;
  }
  const least = oldestDrivers[cuda.version.split('.')[0] ?? ''] ?? 0;
  if (!driverAtLeast(driver, least)) {
    return `NVIDIA's driver ${driver} is too old for CUDA ${cuda.version}: install ${least} or newer, then start Netloom again.`;
  }
  if (card === null) {
    return "NVIDIA's driver shows no card that this process may use: look at nvidia-smi, and at CUDA_VISIBLE_DEVICES.";
  }
  const built = builtForOthers(library, card);
  if (built !== null) return `${built} ${otherLibrary}`;
  if (!existsSync(join(dirname(folder), 'nvidia', 'cudnn'))) {
    return `The CUDA libraries are not beside this TensorFlow (${folder}). Run "${repair}", which brings them.`;
  }
  return `TensorFlow found no card that it can use, although ${card.name} is there. Repair it with "${repair}".`;
}

export const otherLibrary =
  'Name a TensorFlow that was built for this card in NETLOOM_TENSORFLOW, or train on the engine pytorch or wasm.';

/** A sentence, or null where the library runs on the card. */
export function builtForOthers({ cuda, version }: TensorflowLibrary, card: NvidiaCard): string | null {
  const { computeCapability: capability, name } = card;
  if (!cuda || capability === null || cuda.capabilities.length === 0) return null;
  if (fits(capability, cuda.capabilities) !== 'no') return null;
  return (
    `TensorFlow ${version ?? ''} was built for other cards than ${name}, which has compute capability ${capability}: ` +
    `for ${cuda.capabilities.join(', ')}.`
  );
}
