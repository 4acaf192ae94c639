/** The end of an epoch is asked for behind its last step; the best weights are loaded where the engine has others. */
import { describe, expect, it } from 'vitest';
import type { Evaluation, Runner } from '../../../../electron/trainer/engines/engine';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { changedRunner, startStory, type Story, type TrainerSettings } from '../../../drivers/trainer';
import { until } from '../../../drivers/until';

const stepsPerEpoch = 19;
const last = stepsPerEpoch - 1;

/** Notes what is asked, and when steps are answered. `losses`: those of validation, one an epoch. */
function listening(losses: readonly number[] = []): { heard: string[]; wrap: (runner: Runner) => Runner } {
  const heard: string[] = [];
  let epoch = 0;
  const withLoss = (evaluation: Evaluation, loss: number): Evaluation => ({
    ...evaluation,
    heads: evaluation.heads.map((head) => ({ ...head, lossSum: loss * evaluation.samples })),
  });
  const wrap = (runner: Runner): Runner =>
    changedRunner(runner, {
      submit: async (steps, signal) => {
        const to = steps[steps.length - 1]!.index;
        heard.push(`submit ${to}`);
        const submitted = await runner.submit(steps, signal);
        heard.push(`did ${submitted.stoppedAt === undefined ? to : `not ${submitted.stoppedAt}`}`);
        return submitted;
      },
      evaluate: async (indices, options, signal) => {
        heard.push(options.full ? 'judge' : 'evaluate');
        const evaluation = await runner.evaluate(indices, options, signal);
        heard.push('evaluated');
        const loss = options.full ? undefined : losses[epoch++];
        return loss === undefined ? evaluation : withLoss(evaluation, loss);
      },
      snapshot: () => {
        heard.push('snapshot');
        return runner.snapshot();
      },
      diagnose: (step) => {
        heard.push('diagnose');
        return runner.diagnose(step);
      },
      load: (...given) => {
        heard.push('load');
        return runner.load(...given);
      },
    });
  return { heard, wrap };
}

async function trained(settings: TrainerSettings): Promise<Story> {
  const story = await startStory(temporaryHome(), smallDesign(), { submission: 1, ...settings });
  await story.session.result;
  return story;
}

describe('the end of an epoch', () => {
  it('is asked for while its last steps are under way, and the next epoch after it is known', async () => {
    const { heard, wrap } = listening();
    await trained({ wrap, faults: { stepMilliseconds: 1 } });
    const from = heard.indexOf(`submit ${last}`);
    const to = heard.indexOf(`submit ${stepsPerEpoch}`);
    expect(heard.slice(from, to).filter((word) => word !== `did ${last - 1}`)).toEqual([
      `submit ${last}`,
      'evaluate',
      'snapshot',
      `did ${last}`,
      'evaluated',
    ]);
    expect(heard.filter((word) => word === 'evaluate' || word === 'snapshot')).toHaveLength(2 * 3);
  });

  it('is forgotten where the last step was not done', async () => {
    const { heard, wrap } = listening();
    const { events, session } = await trained({ wrap, faults: { notFiniteAt: last, chunkMilliseconds: 5 } });
    expect(await session.result).toMatchObject({ state: 'failed', steps: last });
    const end = heard.slice(heard.indexOf('evaluate')).filter((word) => word !== `did ${last - 1}`);
    // What was asked for is over before the runner is asked for anything else.
    const expected = ['evaluate', 'snapshot', `did not ${last}`, 'evaluated', 'diagnose', 'snapshot'];
    expect([...end].sort()).toEqual(expected.sort());
    expect(end.indexOf('evaluated')).toBeLessThan(end.indexOf('diagnose'));
    expect(events.map(({ event }) => event)).not.toContain('epoch');
  });

  it('is asked for again where a pause has cut it short', async () => {
    const { heard, wrap } = listening();
    const faults = { stepMilliseconds: 1, chunkMilliseconds: 20 };
    const story = await startStory(temporaryHome(), smallDesign({ epochs: 1 }), { submission: 1, wrap, faults });
    await until(() => heard.includes(`did ${last}`));
    expect(await story.session.control.pause()).toBe(stepsPerEpoch);
    expect(story.events.map(({ event }) => event)).not.toContain('epoch');
    story.session.control.continue();
    expect(await story.session.result).toMatchObject({ state: 'finished', epochs: 1 });
    // The weights of the end are those of the first time.
    expect(heard.filter((word) => word === 'evaluate')).toHaveLength(2);
  });
});

describe('the best weights', () => {
  it('are not loaded where the engine has them', async () => {
    const { heard, wrap } = listening([3, 2, 1]);
    const { session } = await trained({ wrap });
    expect(await session.result).toMatchObject({ state: 'finished', bestEpoch: 3 });
    expect(heard.filter((word) => word === 'judge')).toHaveLength(2);
    expect(heard).not.toContain('load');
  });

  it('are loaded where a later epoch has others', async () => {
    const { heard, wrap } = listening([3, 1, 2]);
    const { session } = await trained({ wrap });
    expect(await session.result).toMatchObject({ state: 'finished', bestEpoch: 2 });
    expect(heard.filter((word) => /^(load|judge|snapshot)$/.test(word)).slice(-4)).toEqual([
      ...['snapshot', 'load', 'judge', 'judge'],
    ]);
  });
});
