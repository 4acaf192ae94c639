/** Whether a long run holds more than a short one: live tensors and bytes at step 100 and at step 10,000 must be equal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standardControls, type Step } from '../../electron/trainer/engines/engine';
import { loadEngine } from '../../electron/trainer/engines/engines';
import { compile } from '../../shared/compile';
import { designSchema } from '../../shared/design/schema';
import { library } from '../../shared/library';
import { madeUpSamples } from '../../test/contract/runner/sampleDesigns';

const design = join(__dirname, '..', '..', 'assets', 'designs', 'digits-cnn.netloom');
const samples = 512;
/** Small batches: the count of tensors does not depend on their size. */
const batchSize = 4;

async function main(): Promise<void> {
  const { program } = compile(designSchema.parse(JSON.parse(readFileSync(design, 'utf8'))), library);
  if (!program) throw new Error('digits-cnn does not compile');
  const data = madeUpSamples(program, samples);
  const runner = await (
    await loadEngine('wasm')
  ).open(program, { data, controls: standardControls, ratioEvery: 10, telemetry: true });
  const step = (index: number): Step => ({
    index,
    microBatches: [Uint32Array.from({ length: batchSize }, (_, at) => (index * batchSize + at) % samples)],
    controls: Float32Array.of(1e-4, 1, index + 1),
  });
  const everything = Uint32Array.from({ length: 64 }, (_, at) => at);
  let early: object | null = null;
  for (let done = 0; done < 10_000; done += 100) {
    await runner.submit(
      Array.from({ length: 100 }, (_, at) => step(done + at)),
      { aborted: false },
    );
    if (done % 1000 === 0) await runner.evaluate(everything, { part: 'validation', full: true }, { aborted: false });
    early ??= await runner.memory();
  }
  const late = await runner.memory();
  await runner.close();
  const closed = await runner.memory();
  console.log(JSON.stringify({ step100: early, step10000: late, closed }));
  const same = JSON.stringify(early) === JSON.stringify(late) && closed.tensors === 0;
  console.log(
    same ? 'Nothing leaks: equal at step 100 and 10,000, and nothing is left when the runner is closed.' : 'It leaks.',
  );
  process.exitCode = same ? 0 : 1;
}

void main();
