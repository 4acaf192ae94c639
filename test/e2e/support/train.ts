/** Trains what the window shows with the real engine, for as long as the story wants, and reads what became of the run. */
import { listRuns } from '../../../electron/services/runs/listRuns';
import { ask } from './bridge';
import type { Studio } from './launch';

interface Opened {
  document: { key: string; design: { training: object } };
}

/** The sample as it was opened, for so many epochs; answers with the id of the run, which is being trained then. */
export async function train({ page }: Studio, epochs: number): Promise<string> {
  const { document } = (await ask(page, 'start', {})).value as Opened;
  const design = { ...document.design, training: { ...document.design.training, epochs } };
  const { value, failure } = await ask(page, 'train', { key: document.key, design, engine: 'wasm' });
  if (failure) throw new Error(failure.message);
  return (value as { run: string }).run;
}

/** What its folder says of it. */
export function runState(home: string, run: string): string | undefined {
  return listRuns(home).find(({ id }) => id === run)?.state;
}
