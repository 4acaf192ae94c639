/** The samples behind the confusion matrix: as many in each cell as the matrix counts, and these very ones. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReaderHost } from '../../../electron/services/reader/readerHost';
import { confusionCell } from '../../../electron/services/runs/confusionCell';
import { showRun } from '../../../electron/services/runs/showRun';
import { childTrainer } from '../../../electron/services/training/childTrainer';
import { judgePart } from '../../../electron/services/training/judgePart';
import { predictSample } from '../../../electron/services/training/predictSample';
import { decidedClasses, trueClasses } from '../../../electron/trainer/decidedClasses';
import type { Head } from '../../../shared/ir/program';
import { buildOnce } from '../../drivers/buildOnce';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { spawnTrainer, startProcess } from '../../drivers/training';

describe('judging a part', () => {
  it('finds the samples of every cell, as many as the matrix of the run counts', async () => {
    const home = temporaryHome();
    const design = smallDesign({ epochs: 4, optimizer: { type: 'adam', learningRate: 0.02 } });
    const { training, ended } = await startProcess(home, design, { engine: 'wasm' });
    await ended;
    const { run } = training;
    const spawn = await spawnTrainer();
    const predictions = await judgePart({ home, spawn, run, part: 'test' });
    const table = showRun(home, run).classTables.find(({ part }) => part === 'test');
    const cell = (actual: number, predicted: number): number[] =>
      confusionCell(predictions, { head: 'output', actual, predicted });
    const counts = [0, 1].map((actual) => [0, 1].map((predicted) => cell(actual, predicted).length));
    expect(counts).toEqual(table?.confusion);

    // One of them, asked by itself, is decided alike.
    const [index = -1] = cell(1, 0).concat(cell(1, 1));
    const { heads } = await predictSample({ home, spawn, run, sample: { index } });
    const decided = (heads[0]?.values[0] ?? 0) > (heads[0]?.values[1] ?? 0) ? 0 : 1;
    expect([heads[0]?.target, cell(1, decided).includes(index)]).toEqual([[1], true]);

    // A second time nothing is computed: no process is started.
    const spawned = (): never => {
      throw new Error('a process was started');
    };
    expect(await judgePart({ home, spawn: spawned, run, part: 'test' })).toBe(predictions);

    const reader = createReaderHost(childTrainer(await buildOnce('reader')));
    try {
      const places = { home, folder: home, assets: join(__dirname, '..', '..', '..', 'assets'), mirror: null };
      const most = 3;
      const where = { data: { source: 'spirals' }, places, part: 'test' as const, predictions, head: 'output', most };
      const answer = await reader.request('confusionSamples', { ...where, actual: 1, predicted: 1 });
      expect(answer.total).toBe(counts[1]?.[1]);
      expect(answer.samples.map((sample) => sample.index)).toEqual(cell(1, 1).slice(0, 3));
      for (const { fields } of answer.samples) {
        expect(fields.find(({ name }) => name === 'label')?.values).toEqual(Float32Array.of(1));
        expect(fields.find(({ name }) => name === 'point')?.values).toHaveLength(2);
      }
      const lost = reader.request('confusionSamples', { ...where, head: 'none', actual: 0, predicted: 0 });
      await expect(lost).rejects.toThrow('knows no decisions of the output "none"');
    } finally {
      reader.close();
    }
  });
});

describe('a decision', () => {
  const head = (type: string, params: object): Head => ({ loss: { definition: { type }, params } }) as unknown as Head;

  it('is the first largest score, or each element above its threshold', () => {
    const scores = head('crossEntropy', { from: 'logits' });
    expect([...decidedClasses(scores, Float32Array.of(1, 3, 3, -1, -2, -3), [2, 3])]).toEqual([1, 0]);
    const logits = head('binaryCrossEntropy', { from: 'logits' });
    expect([...decidedClasses(logits, Float32Array.of(-1, 0, 0.2), [3, 1])]).toEqual([0, 0, 1]);
    const shares = head('binaryCrossEntropy', { from: 'probabilities' });
    expect([...decidedClasses(shares, Float32Array.of(0.4, 0.5, 0.6), [3, 1])]).toEqual([0, 0, 1]);
  });

  it('meets the truth as indices, or as one of as many columns as there are scores', () => {
    const scores = head('crossEntropy', { from: 'logits' });
    expect([...trueClasses(scores, Int32Array.of(2, 0), 6, 3)]).toEqual([2, 0]);
    expect([...trueClasses(scores, Float32Array.of(0, 0, 1, 1, 0, 0), 6, 3)]).toEqual([2, 0]);
  });
});
