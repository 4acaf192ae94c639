/** What the engine's process is given for every sample and every hand-written design is committed beside it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { writeSession, type Session } from '../../../../shared/codegen/pytorch/writeSession';
import { flatten } from '../../../../shared/ir/flatten';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { pytorchFolder } from './pytorchFolder';

const golden = join(__dirname, '..', '..', '..', 'golden');

function sessionOf(program: CheckedProgram): Session {
  const session = writeSession(program);
  if ('obstacles' in session) throw new Error(JSON.stringify(session.obstacles));
  return session;
}

describe('the session of the engine', () => {
  it.each(goldenNames)('of %s is its golden, and trains the very module that is exported', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const session = sessionOf(program);
    const texts = new Map(session.files.map((file) => [file.path, textOf(file)]));
    expect([...texts.keys()]).toEqual(['model.py', 'traced.py', 'session.py']);
    const exported = pytorchFolder(program).files.find(({ path }) => path === 'model.py');
    expect(texts.get('model.py')).toBe(exported && textOf(exported));
    for (const path of ['traced.py', 'session.py'])
      await expect(texts.get(path)).toMatchFileSnapshot(join(golden, name, 'session', path));
  });

  it.each(goldenNames)('of %s shows every node once, also those in blocks', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const traced = sessionOf(program).files.find(({ path }) => path === 'traced.py');
    const shown = (traced?.lines ?? []).filter(({ text }) => /^ +watch\(/.test(text));
    const paths = shown.flatMap(({ origins }) => origins);
    expect([...paths].sort()).toEqual(
      flatten(program)
        .map(({ path }) => path)
        .sort(),
    );
  });
});
