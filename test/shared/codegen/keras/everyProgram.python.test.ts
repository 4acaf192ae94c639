/** Every example of every layer, every sample and every hand-written design: Keras gives what the engine gives. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import { layerRegistry } from '../../../../shared/layers/registry';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { exampleProgram } from '../exampleProgram';
import { findings, type KerasCase } from './compareKeras';
import { tiedDesigns } from '../pytorch/tiedDesigns';
import { hardDesigns } from '../hardDesigns';
import { hierarchies } from './hierarchies';

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('wasm');
});

describe('in Keras and in the engine', () => {
  it('every example of every layer is the same', async () => {
    const examples = layerRegistry.list.flatMap((definition) =>
      definition.examples.map((example) => ({
        label: `${definition.type}: ${example.name}`,
        program: exampleProgram(definition, example),
      })),
    );
    expect(examples.length).toBeGreaterThan(80);
    expect(await findings(core, examples)).toEqual([]);
  });

  it('every sample and every hand-written design is the same', async () => {
    const designs: KerasCase[] = [];
    for (const label of goldenNames) {
      const { program, data } = await openGolden(label);
      data?.close();
      designs.push({ label, program });
    }
    expect(designs.length).toBeGreaterThan(12);
    expect(await findings(core, designs)).toEqual([]);
  });

  it('every design that is hard to carry over is the same', async () => {
    expect(await findings(core, [...hardDesigns(), ...tiedDesigns()])).toEqual([]);
  });

  it('blocks in blocks, loops, shared blocks and names that meet are the same', async () => {
    expect(await findings(core, hierarchies())).toEqual([]);
  });
});
