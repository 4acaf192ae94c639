/** The private folder of a session: the data that the engine's process maps are, number by number, what a reader gives. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeSessionFolder, type SessionFolder } from '../../../../../electron/trainer/engines/pytorch/sessionFolder';
import { createTwins } from '../../../../../electron/trainer/engines/pytorch/twins';
import { diskFiles } from '../../../../../electron/files/fileSystem';
import { readSafetensors } from '../../../../../electron/files/safetensors';
import type { SampleReader } from '../../../../../electron/files/sampleReader';
import { writeSession } from '../../../../../shared/codegen/pytorch/writeSession';
import type { CheckedProgram } from '../../../../../shared/ir/program';
import { classifier, tinySamples } from '../../../../contract/runner/tinyDesigns';
import { openGolden } from '../../../../golden/goldenDesigns';

async function folderOf(program: CheckedProgram, data: SampleReader): Promise<SessionFolder> {
  const session = writeSession(program);
  if ('obstacles' in session) throw new Error(JSON.stringify(session.obstacles));
  const folder = await makeSessionFolder(program, session, createTwins(program, session.model, session.slots), data);
  onTestFinished(() => folder.remove());
  return folder;
}

interface Described {
  file: string;
  stored: 'uint8' | 'float32' | 'int32';
  dtype: 'float32' | 'int32';
  shape: number[];
  count: number;
  divideBy: number;
}

function described(folder: SessionFolder): Record<string, Record<string, Described>> {
  return (JSON.parse(readFileSync(folder.dataFile, 'utf8')) as { parts: Record<string, Record<string, Described>> })
    .parts;
}

/** As the process reads a file. */
function valuesOf({ file, stored, dtype, divideBy }: Described): number[] {
  const { buffer } = new Uint8Array(readFileSync(file));
  const kinds = { uint8: Uint8Array, float32: Float32Array, int32: Int32Array };
  const values = [...new kinds[stored](buffer)];
  return dtype === 'int32' ? values : values.map((value) => Math.fround(Math.fround(value) / Math.fround(divideBy)));
}

describe('the folder of a session', () => {
  it("has the code, the first weights by PyTorch's names, and is for nobody else", async () => {
    const folder = await folderOf(classifier(), tinySamples());
    expect(dirname(folder.path)).toBe(tmpdir());
    if (process.platform !== 'win32') expect(statSync(folder.path).mode & 0o077).toBe(0);
    expect(readdirSync(folder.path)).toEqual(expect.arrayContaining(['model.py', 'traced.py', 'session.py']));
    const { tensors } = readSafetensors(diskFiles, folder.start);
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual(
      expect.arrayContaining([
        ['weights/conv.weight', [3, 1, 3, 3]],
        ['weights/scores.weight', [3, 48]],
        ['weights/norm.running_var', [3]],
      ]),
    );
    await folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  });

  it.each(['digits-cnn', 'spiral-mlp', 'several-inputs-and-outputs'])(
    'maps the data of %s where they lie',
    async (name) => {
      const { program, data } = await openGolden(name);
      if (!data) throw new Error('no data');
      onTestFinished(() => data.close());
      const folder = await folderOf(program, data);
      const parts = described(folder);
      for (const part of ['train', 'validation', 'test'] as const) {
        const fields = Object.entries(parts[part] ?? {});
        expect(fields.length).toBeGreaterThan(1);
        for (const [field, told] of fields) {
          expect(dirname(told.file)).not.toBe(folder.path);
          expect(told.count).toBe(data.count(part));
          const all = Uint32Array.from({ length: told.count }, (_, at) => at);
          expect(valuesOf(told), `${part} ${field}`).toEqual([...(await data.read(field, part, all))]);
        }
      }
    },
  );

  it('copies what a reader keeps in memory, also where bytes are divided by what is no float32', async () => {
    const program = classifier();
    const plain = tinySamples();
    const odd: SampleReader = {
      ...plain,
      stored: (field) =>
        field === 'image'
          ? { file: '/nowhere', stored: 'uint8', dtype: 'float32', shape: [4, 4, 1], divideBy: 0.1 }
          : null,
    };
    for (const data of [plain, odd]) {
      const folder = await folderOf(program, data);
      const { image, label } = described(folder).train ?? {};
      expect(image?.file.startsWith(folder.path)).toBe(true);
      const all = Uint32Array.from({ length: 48 }, (_, at) => at);
      expect(valuesOf(image!)).toEqual([...(await plain.read('image', 'train', all))]);
      expect(image?.shape).toEqual([4, 4, 1]);
      // A field that a part does not have is left out: of a sample to be judged nobody knows the target.
      if (data === odd) expect(label).toBeUndefined();
      else expect(valuesOf(label!)).toEqual(Array.from({ length: 48 }, (_, at) => at % 3));
    }
  });

  it('leaves nothing behind where the data cannot be read', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('netloom-pytorch-'));
    const broken: SampleReader = { ...tinySamples(), read: () => Promise.reject(new Error('the disk is gone')) };
    await expect(folderOf(classifier(), broken)).rejects.toThrow('the disk is gone');
    const short: SampleReader = { ...tinySamples(), read: () => Promise.resolve(new Float32Array(5)) };
    await expect(folderOf(classifier(), short)).rejects.toThrow('gave 5 numbers for 48 samples');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('netloom-pytorch-'))).toEqual(before);
  });
});
