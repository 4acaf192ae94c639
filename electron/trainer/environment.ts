/** The machine and versions that a run was made with. */
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { RunRecord } from '../services/runs/runRecord';
import { netloomVersion } from '../services/netloomVersion';

export function environment(): RunRecord['environment'] {
  const processors = cpus();
  return {
    netloom: netloomVersion(),
    node: process.versions.node,
    platform: `${platform()} ${arch()} ${release()}`,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memory: totalmem(),
  };
}
