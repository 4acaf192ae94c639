/** Text for a bug report: complete, and without the name, the home or the passwords of whoever sends it. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { diagnostics } from '../../../../electron/services/engines/diagnostics';
import { engineStates } from '../../../../electron/services/engines/engineStates';
import { probeEngines } from '../../../../electron/services/engines/probeEngines';
import { withoutHome } from '../../../../electron/services/engines/withoutHome';
import { environmentFolder } from '../../../../electron/services/python/environments';
import { writeMarker } from '../../../../electron/services/python/environmentState';
import { fakeTrainers, type PretendEngine } from '../../../drivers/fakeTrainer';
import { smallDesign } from '../../../drivers/smallDesign';
import { programsFolder } from '../../../drivers/programsFolder';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { startStory } from '../../../drivers/trainer';
import { h200, otherCards, wasm } from './machines';

afterEach(() => void vi.unstubAllEnvs());

async function told(home: string, engines: Record<string, PretendEngine>): Promise<string> {
  const states = await engineStates(home, await probeEngines(fakeTrainers(engines).spawn));
  return diagnostics(home, states, new Date('2026-01-02T03:04:05Z'));
}

function nvidiaSmi(script: string): void {
  const folder = programsFolder();
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'nvidia-smi'), 0o755);
  vi.stubEnv('PATH', folder);
}

describe('the diagnostics', () => {
  it('name system, program, driver, every engine and environment, and what each found', async () => {
    nvidiaSmi('echo "NVIDIA H200, 580.65.06, 9.0, 143771 MiB, 134000 MiB"');
    const text = await told(temporaryHome(), { wasm, pytorch: h200, tensorflow: otherCards });
    expect(text).toMatch(/^Netloom's engines, 2026-01-02T03:04:05\.000Z\n\nSystem\n {2}\S+ \S+ \S+/);
    expect(text).toContain(`Node ${process.versions.node}`);
    expect(text).toContain('NVIDIA H200, 580.65.06, 9.0, 143771 MiB, 134000 MiB');
    expect(text).toMatch(/Engine pytorch\n {2}ready\n {2}device: NVIDIA H200\n {2}versions: torch 2\.14\.1\+cu130/);
    expect(text).toMatch(/compute capability: 6\.1\n {2}built for: sm_80 sm_90/);
    expect(text).toContain('GPU: The GTX 1080 (6.1) is older');
    expect(text).toMatch(/Environment verify\n {2}missing\n/);
    expect(text).toMatch(/Last errors of runs\n {2}none\n$/);
  });

  it('say why there is no word of the driver', async () => {
    nvidiaSmi('echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver." >&2; exit 9');
    expect(await told(temporaryHome(), { wasm })).toContain('nvidia-smi: NVIDIA-SMI has failed because');
    vi.stubEnv('PATH', '/nowhere');
    expect(await told(temporaryHome(), { wasm })).toContain('nvidia-smi: ENOENT');
  });

  it('repeat the last errors of runs, and no password of a package index', async () => {
    const home = temporaryHome();
    const { session } = await startStory(home, smallDesign({ epochs: 1 }), { faults: { notFiniteAt: 3 } });
    await session.result;
    const folder = environmentFolder(home, 'verify');
    mkdirSync(folder, { recursive: true });
    writeMarker(folder, 'Could not fetch https://me:secret@index.example/simple/torch');
    const text = await told(home, { wasm });
    expect(text).toMatch(/Last errors of runs\n {2}fake, failed: /);
    expect(text).toContain('https://…@index.example/simple/torch');
    expect(text).not.toContain('secret');
  });

  it('leave out the home folder wherever it stands', async () => {
    const inside = join(homedir(), 'netloom-of-a-test');
    vi.stubEnv('LD_LIBRARY_PATH', `${homedir()}/cuda/lib:/usr/lib`);
    const text = await told(inside, { wasm: { probe: { ...wasm.probe, device: `a device in ${inside}/x` } } });
    expect(text).toContain('LD_LIBRARY_PATH=~/cuda/lib:/usr/lib');
    expect(text).toContain('device: a device in ~/netloom-of-a-test/x');
    expect(text).not.toMatch(new RegExp(`${homedir()}(/|\\b)`));
    const { username } = userInfo();
    expect(text.split(/[\\/]/)).not.toContain(username);
  });
});

describe('a text without its writer', () => {
  const ada = { home: '/home/ada', user: 'ada', windows: false };

  it.each([
    ['/home/ada/x and /home/ada', '~/x and ~'],
    ['/home/adam/x', '/home/adam/x'],
    ['/mnt/users/ada/data, /data/ada.', '/mnt/users/<user>/data, /data/<user>.'],
    ['/data/ada.csv /data/ada-2 Canada', '/data/ada.csv /data/ada-2 Canada'],
    ['"/home/ada":', '"~":'],
  ])('%s is %s', (text, without) => {
    expect(withoutHome(text, ada)).toBe(without);
  });

  it('on Windows knows every spelling of a path', () => {
    const person = { home: 'C:\\Users\\Ada', user: 'Ada', windows: true };
    expect(withoutHome('c:\\users\\ada\\x C:/Users/Ada/y "C:\\\\Users\\\\Ada\\\\z" D:\\data\\ada\\q', person)).toBe(
      '~\\x ~/y "~\\\\z" D:\\data\\<user>\\q',
    );
  });

  it('stays as it is where home is the root, and where the name is too short to be told from a word', () => {
    expect(withoutHome('/usr/lib /a/b', { home: '/', user: 'a', windows: false })).toBe('/usr/lib /a/b');
  });
});
