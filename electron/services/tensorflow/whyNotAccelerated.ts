/** Why TensorFlow computes on the processor although a card is there, and what to do about it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cardSentences, tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { installCommand, repairCommand } from '../python/environmentState';
import { driverAtLeast } from '../python/nvidiaDriver';
import { fits, type NvidiaCard } from './nvidiaCards';
import type { FoundTensorflow, TensorflowLibrary } from './tensorflowLibrary';

const command = installCommand('tensorflow');
const repair = repairCommand('tensorflow');
/** The oldest driver that runs CUDA 12, and those for the others. */
const forCuda12 = 525;
const oldestDrivers: Record<string, number> = { '11': 450, '12': forCuda12, '13': 580 };

export interface GpuState extends Pick<FoundTensorflow, 'library' | 'source'> {
  driver: string | null;
  /** As the driver tells of it. */
  card: NvidiaCard | null;
  /** Whether there is a card, be there a driver or not. */
  cardThere: boolean;
  arch?: string;
}

/** Null where there is no card to be missed. */
export function whyNotAccelerated(state: GpuState): string | null {
  const { library, driver, card, cardThere } = state;
  const { cuda, folder } = library;
  if (driver === null && !cardThere) return null;
  if (driver === null) {
    if (cuda) return fill(cardSentences.noDriverCuda, { library: tensorflowSentences.thisCudaBuild });
    return fill(cardSentences.noDriver, { command });
  }
  if (!cuda) return withoutCuda(state, driver);
  const least = oldestDrivers[cuda.version.split('.')[0] ?? ''] ?? 0;
  if (!driverAtLeast(driver, least)) {
    return fill(cardSentences.driverTooOld, { driver, cuda: cuda.version, least });
  }
  if (card === null) return cardSentences.noCardSeen;
  const built = builtForOthers(library, card);
  if (built !== null) return `${built} ${tensorflowSentences.otherLibrary}`;
  if (!existsSync(join(dirname(folder), 'nvidia', 'cudnn'))) {
    return fill(tensorflowSentences.noCudaLibraries, { folder, command: repair });
  }
  return fill(tensorflowSentences.noUsableCard, { card: card.name, command: repair });
}

/** Only what installing would change is advised. */
function withoutCuda({ library, source, arch = process.arch }: GpuState, driver: string): string {
  const { folder } = library;
  if (arch !== 'x64') return tensorflowSentences.noBuildWithCuda;
  if (!driverAtLeast(driver, forCuda12)) {
    const needs = { library: tensorflowSentences.buildForCards, least: forCuda12 };
    return fill(cardSentences.driverTooOldForBuilds, { driver, ...needs, command });
  }
  const { withoutCudaNamed, withoutCuda: plain } = tensorflowSentences;
  return fill(source === 'NETLOOM_TENSORFLOW' ? withoutCudaNamed : plain, { folder, command });
}

/** A sentence, or null where the library runs on the card. */
export function builtForOthers({ cuda, version }: TensorflowLibrary, card: NvidiaCard): string | null {
  const { computeCapability: capability, name } = card;
  if (!cuda || capability === null || cuda.capabilities.length === 0) return null;
  if (fits(capability, cuda.capabilities) !== 'no') return null;
  const built = cuda.capabilities.join(', ');
  return fill(tensorflowSentences.otherCards, { version: version ?? '', card: name, capability, built });
}
