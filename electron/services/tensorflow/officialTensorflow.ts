/** The library that tfjs-node's own installation downloads: TensorFlow 2.9.1 for CUDA 11.2, where the user had it made whole. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tensorflowPredicates, tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { fits } from './nvidiaCards';
import { libraryIn, type FoundTensorflow } from './tensorflowLibrary';

const source = tensorflowSentences.official;
/** It says nothing of itself: as it was published. */
const cuda = { version: '11.2', capabilities: ['sm_35', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'compute_80'] };
/** The last line of cards that its cuDNN 8.1 knows. */
const newestCard = 8;

/** A sentence without its full stop says why it is passed over; "" where there is none. */
export function officialTensorflow(packageFolder: string, capability: string | null): FoundTensorflow | string {
  const binding = join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');
  const folder = join(packageFolder, 'deps', 'lib');
  if (!existsSync(folder)) return '';
  const library = libraryIn(folder);
  if (typeof library === 'string') return `${source} ${fill(tensorflowPredicates.inFolder, { folder, why: library })}`;
  if (!existsSync(binding)) return `${source} ${fill(tensorflowPredicates.lacksBinding, { folder, binding })}`;
  const tooNew = capability !== null && Number.parseInt(capability, 10) > newestCard;
  if (capability !== null && (tooNew || fits(capability, cuda.capabilities) === 'no')) {
    return `${source} ${fill(tensorflowPredicates.otherCards, { capability })}`;
  }
  return { source, library: { ...library, version: library.version ?? '2.9.1', cuda }, binding };
}
