/** Exports all cases to one target and proves them in one process. */
import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { verifyExports, type Verified } from '../../../../electron/services/export/verifyExports';
import { runnerFor } from '../../../../electron/services/export/verifyRunner';
import type { SpawnTrainer } from '../../../../electron/services/training/trainerHost';
import { exportTargets } from '../../../../shared/codegen/exportTargets';
import type { Target } from '../../../../shared/ir/emit/emission';
import { writeCase, type FidelityCase } from './fidelityCases';

export interface CaseVerdict {
  group: FidelityCase['group'];
  name: string;
  /** Null where the target lacks a layer; then `obstacle` says why. */
  verified: Verified;
  obstacle: string | null;
}

export interface CaseOptions {
  /** Where the folders are written. */
  root: string;
  python: string;
  spawn: SpawnTrainer;
  /** The bundle that runs folders of TensorFlow.js. */
  script: string;
}

export async function verifyCases(
  cases: readonly FidelityCase[],
  name: Target,
  { root, python, spawn, script }: CaseOptions,
): Promise<CaseVerdict[]> {
  const target = exportTargets[name];
  mkdirSync(root, { recursive: true });
  // Folders of TypeScript find their packages in the folder above.
  if (name === 'tfjs') symlinkSync(join(__dirname, '..', '..', '..', '..', 'node_modules'), join(root, 'node_modules'));
  const written = cases.map((each, at) => ({ each, made: writeCase(each, target, join(root, String(at))) }));
  const items = written.flatMap(({ made }) => ('obstacles' in made ? [] : [made]));
  const environment = { ...process.env, NETLOOM_PYTHON: python };
  const run = await runnerFor(name, { home: root, environment, script });
  const verified = await verifyExports(items, run, { spawn });
  const answers = [...verified];
  return written.map(({ each: { group, name: label }, made }) => {
    if (!('obstacles' in made)) return { group, name: label, verified: answers.shift() as Verified, obstacle: null };
    const [first] = made.obstacles;
    const obstacle = `${first?.why ?? ''} ${first?.instead ?? ''}`;
    const none: Verified = { folder: '', ok: true, checks: [], error: null, versions: {} };
    return { group, name: label, verified: none, obstacle };
  });
}
