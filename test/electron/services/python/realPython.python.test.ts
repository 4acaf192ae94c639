/** The environment as it really is: its packages are those of the list, and scripts run in it as they are told. */
import { mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askPython, isolation } from '../../../../electron/services/python/askPython';
import { runProgram } from '../../../../electron/services/python/childProgram';
import { freeBytes } from '../../../../electron/services/python/diskSpace';
import { environments } from '../../../../electron/services/python/environments';
import { findPython } from '../../../../electron/services/python/findPython';
import { runPython } from '../../../../electron/services/python/runPython';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { testPython } from '../../../drivers/testPython';

const python = testPython();
let home = '';
beforeEach(() => {
  home = join(temporaryHome(), 'ä folder of 世界');
  mkdirSync(home);
});

/** Python's own answer, got another way than ours. */
async function tell(expression: string): Promise<unknown> {
  const { output } = await runProgram(python, ['-I', '-c', `import json, sys; print(json.dumps(${expression}))`]);
  return JSON.parse(output) as unknown;
}

describe('a real Python', () => {
  it('is asked rightly', async () => {
    const answer = await askPython(python);
    if ('reason' in answer) throw new Error(answer.reason);
    const { facts } = answer;
    expect(facts.version).toBe(await tell('"%d.%d.%d" % sys.version_info[:3]'));
    expect(facts.executable).toBe(await tell('sys.executable'));
    expect(facts.bits).toBe((await tell('sys.maxsize > 2 ** 32')) ? 64 : 32);
    expect(facts.installed.numpy).toBe(await tell('__import__("numpy").__version__'));
    expect(facts.installed.keras).toBe(await tell('__import__("keras").__version__'));
  });

  it('is not misled by files of the working folder or by PYTHONPATH', async () => {
    for (const name of ['json', 'struct', 'shutil', 'importlib']) {
      writeFileSync(join(home, `${name}.py`), 'raise SystemExit("not the real one")');
    }
    vi.stubEnv('TMPDIR', home);
    expect(tmpdir(), 'where a Python is asked').toBe(home);
    expect(await askPython(python)).toHaveProperty('facts');
    vi.unstubAllEnvs();
    const environment = { ...process.env, PYTHONPATH: home, PYTHONHOME: home };
    expect(await askPython(python, [], { environment })).toHaveProperty('facts');
    const words = [...isolation(environment), '-c', 'import sys; print(sys.path)'];
    expect((await runProgram(python, words, { cwd: home, environment })).output).not.toContain('世界');
    const here = process.cwd();
    process.chdir(home);
    try {
      const free = await freeBytes({ kind: 'venv', python, version: '' }, home, process.env);
      const { bavail, bsize } = statfsSync(home);
      expect((free ?? 0) / (bavail * bsize), 'others may write meanwhile').toBeCloseTo(1, 1);
    } finally {
      process.chdir(here);
    }
  });

  it('has what every target needs', async () => {
    const environment = { ...process.env, NETLOOM_PYTHON: python };
    const finding = await findPython({ targets: ['pytorch', 'keras', 'onnx'], home, environment });
    expect(finding).toMatchObject({ kind: 'found', python: { source: 'NETLOOM_PYTHON' } });
  });

  it('loads and computes with every library of the list', async () => {
    writeFileSync(join(home, 'trial.py'), environments.verify.trial);
    const script = join(home, 'trial.py');
    await runPython({ python, script, cwd: home, timeLimit: 300_000 });
  });
});

describe('a script', () => {
  it('finds what lies beside it, reads and writes UTF-8, and leaves nothing beside it', async () => {
    const place = join(home, ...Array.from({ length: 5 }, (_, depth) => `${'long'.repeat(10)} ${depth}`));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'helper.py'), 'WORD = "weiß 世界"\n');
    const text = [
      'import sys',
      'import helper',
      'print(helper.WORD, sys.argv[1:])',
      'open("made.txt", "w").write(helper.WORD)',
    ];
    writeFileSync(join(place, 'script.py'), `${text.join('\n')}\n`);
    const { output } = await runPython({
      python,
      script: join(place, 'script.py'),
      args: ['a b', '$(x)', 'ü'],
      cwd: home,
      timeLimit: 60_000,
    });
    expect(output.trim()).toBe("weiß 世界 ['a b', '$(x)', 'ü']");
    expect(readdirSync(home)).toContain('made.txt');
    expect(readdirSync(place).sort()).toEqual(['helper.py', 'script.py']);
  });

  it('that raises is told of with its last words', async () => {
    writeFileSync(join(home, 'script.py'), 'import numpy\nnumpy.zeros(2) @ numpy.zeros(3)\n');
    const running = runPython({ python, script: join(home, 'script.py'), cwd: home, timeLimit: 60_000 });
    await expect(running).rejects.toMatchObject({
      code: 'python-failed',
      message: expect.stringMatching(
        /script\.py failed in .* \(exit code 1\)\. It wrote: .*ValueError: matmul/,
      ) as string,
    });
  });
});
