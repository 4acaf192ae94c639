/** Which of PyTorch's builds fits a machine: with CUDA where NVIDIA's driver is new enough, else without. */
import { fill } from '../../../shared/messages/fill';
import { environmentWords } from '../../../shared/messages/installSentences';
import type { Machine } from './machine';
import { driverAtLeast, nvidiaDriver } from './nvidiaDriver';

export interface PytorchBuild {
  /** The folder of PyTorch's own package index; null where the usual index has this build. */
  index: string | null;
  /** As people call it. */
  name: string;
  cuda: boolean;
}

/** The oldest drivers that run CUDA 13, and CUDA 12 of any minor version. */
const forCuda13 = 580;
const forCuda12 = 525;

export function pytorchBuild(machine: Machine): PytorchBuild {
  const driver = nvidiaDriver(machine);
  if (machine.platform === 'darwin') return { index: null, name: environmentWords.metalTorch, cuda: false };
  const linux = machine.platform === 'linux';
  if (driverAtLeast(driver, forCuda13)) {
    return { index: linux ? null : 'cu130', name: fill(environmentWords.cudaTorch, { version: 13 }), cuda: true };
  }
  // For ARM there is none for CUDA 12.
  if (driverAtLeast(driver, forCuda12) && machine.arch === 'x64') {
    return { index: 'cu126', name: fill(environmentWords.cudaTorch, { version: 12 }), cuda: true };
  }
  return { index: linux ? 'cpu' : null, name: environmentWords.smallTorch, cuda: false };
}
