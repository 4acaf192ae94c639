/** Every example of every layer, every sample and every hand-written design: Keras gives what the engine gives. */
import { describe, expect, it } from 'vitest';
import { loadBackend } from '../../../../electron/trainer/engines/tfjs/backend';
import { layerRegistry } from '../../../../shared/layers/registry';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { exampleProgram } from '../exampleProgram';
import { findings, type KerasCase } from './compareKeras';
import { tiedDesigns } from '../pytorch/tiedDesigns';
import { hardDesigns } from '../hardDesigns';
import { hierarchies } from './hierarchies';

interface Compared {
  counts: ReadonlyMap<string, number>;
  /** Begins with the group's name. */
  wrong: readonly string[];
}

let compared: Compared | null = null;

/** All is run by one process, because Keras takes seconds to load. */
async function compareAll(): Promise<Compared> {
  const groups: [string, readonly KerasCase[]][] = [
    ['example', examples()],
    ['design', await designs()],
    ['hard', [...hardDesigns(), ...tiedDesigns()]],
    ['hierarchy', hierarchies()],
  ];
  const cases = groups.flatMap(([group, all]) =>
    all.map(({ label, program }) => ({ label: `${group}: ${label}`, program })),
  );
  const wrong = await findings(await loadBackend('wasm'), cases);
  return { wrong, counts: new Map(groups.map(([group, all]) => [group, all.length])) };
}

function examples(): KerasCase[] {
  return layerRegistry.list.flatMap((definition) =>
    definition.examples.map((example) => ({
      label: `${definition.type}: ${example.name}`,
      program: exampleProgram(definition, example),
    })),
  );
}

async function designs(): Promise<KerasCase[]> {
  const all: KerasCase[] = [];
  for (const label of goldenNames) {
    const { program, data } = await openGolden(label);
    data?.close();
    all.push({ label, program });
  }
  return all;
}

describe('in Keras and in the engine', () => {
  it.each([
    ['example', 'every example of every layer', 80],
    ['design', 'every sample and every hand-written design', 12],
    ['hard', 'every design that is hard to carry over', 5],
    ['hierarchy', 'every design of blocks in blocks, loops, shared blocks and names that meet', 3],
  ])('%s: %s is the same', async (group, _, least) => {
    compared ??= await compareAll();
    const { counts, wrong } = compared;
    expect(counts.get(group)).toBeGreaterThan(least);
    expect(wrong.filter((each) => each.startsWith(`${group}: `))).toEqual([]);
  });
});
