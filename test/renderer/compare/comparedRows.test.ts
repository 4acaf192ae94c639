/** Runs side by side: results against the baseline, and the settings that are not the same. */
import { describe, expect, it } from 'vitest';
import { resultRows } from '../../../renderer/compare/resultRows';
import { runsInView } from '../../../renderer/compare/runsInView';
import { settingRows, settingText } from '../../../renderer/compare/settingRows';
import { someRun } from './someRun';

const runs = [
  someRun({ id: 'base', test: { loss: 0.5, accuracy: 0.8 }, seconds: 10 }),
  someRun({ id: 'better', test: { loss: 0.4, accuracy: 0.9 }, seconds: 20 }),
  someRun({ id: 'unjudged', test: null, bestEpoch: null, seconds: 10 }),
];

describe('results against the baseline', () => {
  const row = (name: string, of: string): ReturnType<typeof resultRows>[number]['cells'] | undefined =>
    resultRows(runs, 'base').find((one) => one.name === name && one.of === of)?.cells;

  it('are better with more accuracy and with less loss, and worse with more time', () => {
    expect(row('accuracy', 'test')?.[1]).toEqual({ value: 0.9, delta: 0.9 - 0.8, verdict: 'better' });
    expect(row('loss', 'test')?.[1]).toEqual({ value: 0.4, delta: 0.4 - 0.5, verdict: 'better' });
    expect(row('duration', 'run')?.map(({ verdict }) => verdict)).toEqual([null, 'worse', 'same']);
  });

  it('say nothing of the baseline itself, nor where one of the two was not measured', () => {
    expect(row('accuracy', 'test')?.[0]).toEqual({ value: 0.8, delta: null, verdict: null });
    expect(row('accuracy', 'test')?.[2]).toEqual({ value: null, delta: null, verdict: null });
    expect(row('bestEpoch', 'run')?.[1]).toEqual({ value: 2, delta: 0, verdict: null });
  });

  it('are plain values without one', () => {
    expect(
      resultRows(runs, null)
        .flatMap(({ cells }) => cells)
        .every(({ delta }) => delta === null),
    ).toBe(true);
  });
});

describe('settings side by side', () => {
  const settings = [
    { path: 'training.optimizer.learningRate', values: [0.001, 0.01] },
    { path: 'training.epochs', values: [10, 10] },
    { path: 'design.nodes.conv1.params.filters', values: [32, null] },
    { path: 'design.wires.a → b', values: [true, null] },
  ];

  it('show what differs, or all, without what goes without saying and without wires', () => {
    const labels = (differencesOnly: boolean): string[] =>
      settingRows(settings, { search: '', differencesOnly }).map(({ label }) => label);
    expect(labels(true)).toEqual(['optimizer.learningRate', 'conv1.filters']);
    expect(labels(false)).toEqual(['optimizer.learningRate', 'epochs', 'conv1.filters']);
  });

  it('are found by name and by value', () => {
    const found = (search: string): string[] =>
      settingRows(settings, { search, differencesOnly: false }).map(({ path }) => path);
    expect(found('RATE')).toEqual(['training.optimizer.learningRate']);
    expect(found('32')).toEqual(['design.nodes.conv1.params.filters']);
    expect(found('no such thing')).toEqual([]);
  });

  it('are copied whole', () => {
    expect(settingText('same')).toBe('same');
    expect(settingText([3, 3])).toBe('[3,3]');
    expect(settingText(null)).toBe('');
  });
});

describe('the runs that are in view', () => {
  const idsOf = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

  it('are the ticked ones; without any, the selected one', () => {
    expect(idsOf(runsInView(runs, { compared: ['better', 'gone'], shown: 'base', baseline: null }).overlaid)).toEqual([
      'better',
    ]);
    expect(idsOf(runsInView(runs, { compared: [], shown: 'base', baseline: null }).overlaid)).toEqual(['base']);
    expect(idsOf(runsInView(runs, { compared: [], shown: null, baseline: null }).overlaid)).toEqual([]);
  });

  it('stand side by side with the baseline first, which is the pinned one or the first', () => {
    const pinned = runsInView(runs, { compared: ['better', 'base'], shown: null, baseline: 'unjudged' });
    expect(idsOf(pinned.compared)).toEqual(['unjudged', 'better', 'base']);
    expect(pinned.baseline).toBe('unjudged');
    const unpinned = runsInView(runs, { compared: ['better'], shown: 'base', baseline: 'deleted' });
    expect(idsOf(unpinned.compared)).toEqual(['better', 'base']);
    expect(unpinned.baseline).toBe('better');
  });
});
