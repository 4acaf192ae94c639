/** What happens between submissions when the user wants a pause or the end: `last` is written first, then nothing is lost. */
import type { LoopContext } from './loopContext';
import type { RunControl } from './runControl';

/** Returns at once where nothing is wanted; during a pause it waits. Nothing may be in flight. */
export async function rest(run: LoopContext): Promise<'run' | 'stop'> {
  const { control, state, output } = run;
  if (control.wanted === 'run') return 'run';
  await run.checkpoints.save(state);
  await run.checkpoints.written();
  while (control.wanted === 'pause') {
    output.event({ event: 'state', state: 'paused', step: state.step });
    await control.rest(state.step);
    if (wantedOf(control) === 'run') output.event({ event: 'state', state: 'running', step: state.step });
  }
  return wantedOf(control) === 'stop' ? 'stop' : 'run';
}

/** Read anew: it changes while the run rests. */
function wantedOf(control: RunControl): RunControl['wanted'] {
  return control.wanted;
}
