/** What a Linux system lacks for the window is installed where that is allowed, and else named in one command. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadTool } from './load';

interface Answer {
  found: boolean;
  output: string;
}
type Run = (command: string, args: string[]) => Answer;
interface Libraries {
  ensureSystemLibraries: (executable: string, run: Run, debian?: boolean) => string | null;
  namedLibraries: (executable: string, run: Run, debian?: boolean) => string | null;
}

/** A system without GTK, which apt can bring; `known` are the names that its apt knows. */
function bareSystem(known: string[], installs = true): { run: Run; commands: string[] } {
  const commands: string[] = [];
  let installed = false;
  const run: Run = (command, args) => {
    commands.push([command, ...args].join(' '));
    if (command === 'apt-get' && args[0] === 'install') installed = installs;
    const output = ((): string => {
      if (command === 'ldd') return installed ? 'libgtk-3.so.0 => /lib/libgtk-3.so.0' : '\tlibgtk-3.so.0 => not found';
      if (command === 'fc-list') return 'NotoSansCJK.ttc: Noto Sans CJK SC';
      if (command === 'apt-cache') return `  Candidate: ${known.includes(args[1] ?? '') ? '1.0' : '(none)'}`;
      return installs ? '' : 'E: no space left on device';
    })();
    return { found: true, output };
  };
  return { run, commands };
}

const debian = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
const ubuntu = [...debian, 'libgtk-3-0t64', 'libasound2t64'];
const asUser = (id: number): void => void vi.spyOn(process, 'getuid').mockReturnValue(id);
const load = (): Promise<Libraries> => loadTool<Libraries>('systemLibraries.mjs');

afterEach(() => void vi.restoreAllMocks());

describe('libraries of the system', () => {
  it('are installed by root, by the names that this system has', async () => {
    const { ensureSystemLibraries } = await load();
    asUser(0);
    for (const [known, names] of [
      [debian, 'libgtk-3-0 libnss3 libasound2 libgbm1'],
      [ubuntu, 'libgtk-3-0t64 libnss3 libasound2t64 libgbm1'],
    ] as const) {
      const { run, commands } = bareSystem([...known]);
      expect(ensureSystemLibraries('electron', run, true)).toBeNull();
      expect(commands).toContain(`apt-get install -y -q --no-install-recommends ${names}`);
      expect(commands).not.toContain('apt-get update -qq');
    }
  });

  it('are looked up anew where apt knows nothing yet', async () => {
    const { ensureSystemLibraries } = await load();
    asUser(0);
    const { run, commands } = bareSystem([]);
    ensureSystemLibraries('electron', run, true);
    expect(commands).toContain('apt-get update -qq');
  });

  it('are named in one command for everybody else', async () => {
    const { ensureSystemLibraries, namedLibraries } = await load();
    asUser(1000);
    const { run, commands } = bareSystem(debian);
    expect(ensureSystemLibraries('electron', run, true)).toMatch(
      /Run once: sudo apt-get install -y .*libgtk-3-0 libnss3/,
    );
    expect(namedLibraries('electron', run, true)).toMatch(/libgtk-3.so.0.*sudo apt-get install -y libgtk-3-0 libnss3/);
    expect(commands.filter((command) => command.startsWith('apt-get'))).toEqual([]);
    expect(ensureSystemLibraries('electron', run, false)).toMatch(/your distribution's packages/);
  });

  it('that cannot be installed are said with the reason', async () => {
    const { ensureSystemLibraries } = await load();
    asUser(0);
    const { run } = bareSystem(debian, false);
    expect(ensureSystemLibraries('electron', run, true)).toMatch(/could not be installed \(E: no space left/);
  });
});
