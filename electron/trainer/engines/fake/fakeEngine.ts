/** The engine for tests: deterministic pretend training without a tensor library, and faults on demand. */
import { withoutGpu, type Engine } from '../engine';
import { faultsFromEnvironment, type Faults } from './faults';
import { FakeRunner } from './fakeRunner';

/** Faults come from the argument in tests of one process, from the environment in tests that start a trainer. */
export function createFakeEngine(faults: Faults = faultsFromEnvironment()): Engine {
  return {
    id: 'fake',
    probe: () =>
      Promise.resolve({
        available: true,
        device: 'none (pretend training for tests)',
        versions: { node: process.versions.node },
        seconds: 0,
        reason: null,
        remedy: null,
        ...withoutGpu,
      }),
    open: (program, options) => Promise.resolve(new FakeRunner(program, options, faults)),
  };
}
