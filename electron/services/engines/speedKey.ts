/** What the speed of a design depends on, as a short name: the design without its looks, the data, and what is installed. */
import { createHash } from 'node:crypto';
import type { Design, DesignNode } from '../../../shared/design/schema';
import { netloomVersion } from '../netloomVersion';
import { environmentNames } from '../python/environments';
import { environmentState } from '../python/environmentState';
import { nvidiaDriver } from '../python/nvidiaDriver';

/** Two drawings that compute the same have one, however they lie on the canvas and however long they are to train. */
export function designKey(design: Design, dataHash: string): string {
  const { nodes, wires, blocks, training } = design;
  const { batchSize, accumulate, optimizer, schedule, clipNorm } = training;
  const plain = {
    nodes: nodes.map(computedPart),
    wires,
    blocks: Object.entries(blocks).map(([id, block]) => [id, block.params, block.nodes.map(computedPart), block.wires]),
    training: { batchSize, accumulate, optimizer, schedule, clipNorm },
    dataHash,
  };
  return hashOf(plain);
}

const deciding =
  /^(NETLOOM_(PYTHON|PYTORCH|TENSORFLOW)|VIRTUAL_ENV$|CONDA_PREFIX$|CUDA_|LD_LIBRARY_PATH$|OMP_NUM_THREADS$)/;

/** Those that are set of what says which libraries are found, how they compute, and on which card. */
export function engineVariables(environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment)
    .filter((name) => deciding.test(name) && environment[name] !== '')
    .sort();
}

/** Changes when an engine may have become another one: what is found without loading any library. */
export function enginesKey(home: string, environment: NodeJS.ProcessEnv = process.env): string {
  const installed = environmentNames.map((name) => {
    const state = environmentState(home, name);
    return [name, state.kind === 'ready' ? state.stamp : null];
  });
  const { node, electron } = process.versions;
  const named = engineVariables(environment).map((name) => [name, environment[name]]);
  return hashOf([netloomVersion(), node, electron ?? null, nvidiaDriver(process), named, installed]);
}

function computedPart({ id, layer, block, times, params, weightsOf }: DesignNode): unknown[] {
  return [id, layer, block, times, params, weightsOf];
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24);
}
