/** What is to be known of a machine where an engine does not work: system, program, driver, variables that change it. */
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os';
import { lastLine } from '../python/askPython';
import { runProgram } from '../python/childProgram';
import { nvidiaDriver } from '../python/nvidiaDriver';
import { netloomVersion } from '../netloomVersion';
import { engineVariables } from './speedKey';

/** A title, and lines below it. */
export interface Facts {
  title: string;
  lines: readonly string[];
}

export async function systemFacts(environment: NodeJS.ProcessEnv = process.env): Promise<Facts[]> {
  return [machine(), programs(), await graphics(environment), settings(environment)];
}

function machine(): Facts {
  const processors = cpus();
  const memory = `${bytes(totalmem())}, ${bytes(freemem())} free`;
  const processor = `${processors[0]?.model ?? 'unknown'}, ${processors.length} cores`;
  return { title: 'System', lines: [`${platform()} ${arch()} ${release()}`, processor, memory] };
}

function programs(): Facts {
  const { node, electron, chrome } = process.versions;
  const window = electron === undefined ? [] : [`Electron ${electron}, Chromium ${chrome ?? 'unknown'}`];
  return { title: 'Program', lines: [`Netloom ${netloomVersion()}`, `Node ${node}`, ...window] };
}

const asked = ['name', 'driver_version', 'compute_cap', 'memory.total', 'memory.free'];

/** NVIDIA's own program says what the driver sees, whatever a library makes of it. */
async function graphics(environment: NodeJS.ProcessEnv): Promise<Facts> {
  const driver = `NVIDIA driver: ${nvidiaDriver(process) ?? 'none'}`;
  const words = [`--query-gpu=${asked.join(',')}`, '--format=csv,noheader'];
  const ended = await runProgram('nvidia-smi', words, { environment, timeLimit: 15_000 });
  const rows = ended.output.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (ended.how === 'ended' && ended.code === 0 && rows.length > 0) {
    return { title: 'Graphics', lines: [driver, `nvidia-smi (${asked.join(', ')}):`, ...rows.slice(0, 16)] };
  }
  const said = lastLine(ended.errors) || lastLine(ended.output) || ended.cause || ended.how;
  return { title: 'Graphics', lines: [driver, `nvidia-smi: ${said}`] };
}

function settings(environment: NodeJS.ProcessEnv): Facts {
  const lines = engineVariables(environment).map((name) => `${name}=${environment[name] ?? ''}`);
  return { title: 'Variables', lines: lines.length > 0 ? lines : ['none of those that matter'] };
}

function bytes(value: number): string {
  return `${(value / 2 ** 30).toFixed(1)} GiB`;
}
