/** `netloom engines`: which engines work on this machine, found by a real matrix product. */
import { probeEngines } from '../../services/engines/probeEngines';
import type { Context } from '../context';
import { formatNumber } from '../display/numbers';
import { wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export async function engines(flags: { json?: boolean }, context: Context): Promise<ExitCode> {
  const { spawn, terminal, style } = context;
  const found = await probeEngines(spawn);
  if (flags.json) {
    printJson({ engines: found.map(({ id, probe }) => ({ id, ...probe })) }, context);
    return exitCode.done;
  }
  for (const { id, probe } of found) {
    const versions = Object.entries(probe.versions).map(([name, version]) => `${name} ${version}`);
    const speed = !probe.seconds ? [] : [`256×256 matrix product in ${formatNumber(probe.seconds * 1000)} ms`];
    const facts = [...(probe.device ? [probe.device] : []), ...versions, ...speed].join(' · ');
    const mark = probe.available ? style.green('● ready') : style.faint('○ not available');
    terminal.write(`${mark}  ${style.bold(id)}\n`);
    const why = [facts, probe.reason ?? '', probe.remedy ?? ''].filter((text) => text !== '');
    for (const text of why) terminal.write(`${wrap(`    ${text}`, terminal.columns(), '    ').join('\n')}\n`);
  }
  return exitCode.done;
}
