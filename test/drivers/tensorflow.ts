/** Points the engine tensorflow at the library that the tests' tfjs-node is linked to, in a home of its own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const stampSchema = z.object({ tensorflow: z.object({ folder: z.string(), version: z.string() }) });

/** The library that `node tools/tfjsNode.mjs` found or fetched. */
export function tensorflowOfTests(): { folder: string; version: string } {
  const stamp = join(process.env.NETLOOM_TEST_TFJS ?? '', '..', 'stamp.json');
  return stampSchema.parse(JSON.parse(readFileSync(stamp, 'utf8'))).tensorflow;
}

/** For this process and those that it starts, before the backend is loaded. Returns the home, which goes with the process. */
export function useTensorflow(): string {
  const home = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  process.on('exit', () => rmSync(home, { recursive: true, force: true }));
  process.env.NETLOOM_HOME = home;
  process.env.NETLOOM_TENSORFLOW = tensorflowOfTests().folder;
  return home;
}
