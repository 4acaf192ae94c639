/** Training, predicting and probing through the services, with a real trainer process and the samples. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDesign } from '../../../../electron/services/designs/checkDesign';
import { probeEngines } from '../../../../electron/services/engines/probeEngines';
import { predictSample } from '../../../../electron/services/training/predictSample';
import { startTraining } from '../../../../electron/services/training/startTraining';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { spawnTrainer, startProcess } from '../../../drivers/training';

describe('the services', () => {
  it('predict a sample of the test part: probabilities that add up to 1, and what the data say', async () => {
    const home = temporaryHome();
    const design = smallDesign({ epochs: 20, optimizer: { type: 'adam', learningRate: 0.02 } });
    const story = await startProcess(home, design, { engine: 'wasm' });
    await story.ended;
    const spawn = await spawnTrainer();
    const { run } = story.training;
    const { checkpoint, heads } = await predictSample({ home, spawn, run, sample: { index: 3 } });
    expect(checkpoint).toBe('best');
    expect(heads[0]).toMatchObject({ head: 'output', shape: [2], classes: ['0', '1'] });
    expect(heads[0]?.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect([[0], [1]]).toContainEqual(heads[0]?.target);
    await expect(predictSample({ home, spawn, run, sample: { index: 200 } })).rejects.toThrow(
      'There is no sample 200 in the test part: its samples are 0 to 199.',
    );
  });

  it('probe every engine, the default first', async () => {
    const engines = await probeEngines(await spawnTrainer());
    expect(engines.map(({ id }) => id)).toEqual(['wasm', 'tensorflow', 'pytorch', 'fake']);
    expect(engines[0]?.probe).toMatchObject({ available: true, reason: null });
  });

  it('refuse to train what is wrong before a process is started, in a sentence each', async () => {
    const home = temporaryHome();
    const file = join(home, 'broken.netloom');
    const spawn = (): never => {
      throw new Error('a process was started');
    };
    const start = (text: string) => {
      writeFileSync(file, text);
      return startTraining({ home, spawn, file, engine: 'wasm', settings: [] });
    };
    await expect(start('{"netloom": 1,')).rejects.toMatchObject({ code: 'design-invalid' });
    await expect(start('{"netloom": 99}')).rejects.toThrow('format version 99');
    const wrong = JSON.stringify(smallDesign()).replace('"Dense"', '"Dens"');
    await expect(start(wrong)).rejects.toMatchObject({ code: 'design-invalid' });
    const { data, ...dataless } = smallDesign() as { data: unknown };
    expect(data).toBeDefined();
    await expect(start(JSON.stringify(dataless))).rejects.toThrow('names no data to train on');
    const rows = ['a,b,kind', ...Array.from({ length: 60 }, (_, row) => `${row},${row % 7},kind${row % 3}`)];
    writeFileSync(join(home, 'three.csv'), rows.join('\n'));
    const source = { source: 'csv', file: 'three.csv' };
    const text = JSON.stringify({ ...(dataless as Record<string, unknown>), data: source });
    const classes = start(text.replace('"field":"point"', '"field":""').replace('"target":"label"', '"target":""'));
    await expect(classes).rejects.toMatchObject({ code: 'design-invalid', diagnostics: [{ node: 'output' }] });
    await expect(
      startTraining({ home, spawn, file: join(home, 'none.netloom'), engine: 'wasm', settings: [] }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('say which engines there are when another is asked for', async () => {
    const story = startProcess(temporaryHome(), smallDesign(), { engine: 'tensorfow' });
    await expect(story).rejects.toThrow('There is no engine "tensorfow"; there are wasm, tensorflow, pytorch.');
  });
});

describe('checkDesign', () => {
  it('reports the layer table and totals of a sample', async () => {
    const file = join(__dirname, '..', '..', '..', '..', 'assets', 'designs', 'mnist-mlp.netloom');
    const report = await checkDesign(file, { home: temporaryHome() });
    expect(report.ok).toBe(true);
    expect(report.total).toEqual({ trainable: 669_706, nonTrainable: 0, macs: 668_672 });
  });

  it('reports what is no design as a diagnostic, not as an exception', async () => {
    const file = join(temporaryHome(), 'x.netloom');
    writeFileSync(file, 'hello');
    const report = await checkDesign(file, { home: temporaryHome() });
    expect(report).toMatchObject({ ok: false, diagnostics: [{ code: 'designNotJson' }], layers: [] });
  });
});
