/** The engine's own process dies in the middle of a submission: the run goes on record as interrupted, and resumes. */
import { expect, it } from 'vitest';
import { ServiceProblem } from '../../../electron/services/serviceProblem';
import { readRun } from '../../../electron/services/runs/readRun';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { changedRunner, resumeStory, startStory } from '../../drivers/trainer';

it('a run whose engine is gone is interrupted, loses no record, and goes on from its last checkpoint', async () => {
  const home = temporaryHome();
  const reason = 'The process of the engine "pytorch" is gone: it was ended by SIGSEGV.';
  const { session, events } = await startStory(home, smallDesign(), {
    submission: 4,
    wrap: (runner) =>
      changedRunner(runner, {
        submit: (steps, signal) =>
          (steps[0]?.index ?? 0) >= 24
            ? Promise.reject(new ServiceProblem('engine-lost', reason))
            : runner.submit(steps, signal),
      }),
  });
  const result = await session.result;
  expect(result).toMatchObject({ state: 'failed', reason });
  // Whoever watches hears of it as of a lost trainer, not as of an end.
  expect(events.map(({ event }) => event)).not.toContain('done');
  const { state, problems, history } = readRun(session.run, session.folder, { layers: false });
  expect({ state, problems }).toEqual({ state: 'interrupted', problems: [] });
  expect(history?.events.map(({ event }) => event)).not.toContain('done');
  const resumed = await resumeStory(home, session.folder, smallDesign());
  expect((await resumed.session.result).state).toBe('finished');
  expect(resumed.events[0]).toMatchObject({ event: 'started', resumed: true });
});
