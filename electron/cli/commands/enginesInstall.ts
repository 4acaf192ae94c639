/** `netloom engines install` and `repair`: say what would be done, where and how large; with --yes, do it. */
import { gigabytes } from '../../services/python/diskSpace';
import { planEnvironment, type EnvironmentPlan } from '../../services/python/environmentPlan';
import { environments, type EnvironmentName } from '../../services/python/environments';
import { repairEnvironment } from '../../services/engines/repairEnvironment';
import { installCommand, repairCommand } from '../../services/python/environmentState';
import { installEnvironment, wholeEnvironment, type Installed } from '../../services/python/installEnvironment';
import type { InstallProgress } from '../../services/python/installProgress';
import type { Context } from '../context';
import { dataLine } from '../display/dataLine';
import { liveArea } from '../display/liveArea';
import { formatSpent } from '../display/numbers';
import { wrap } from '../display/table';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export interface InstallFlags {
  json?: boolean;
  yes?: boolean;
}

export function enginesInstall(name: EnvironmentName, flags: InstallFlags, context: Context): Promise<ExitCode> {
  return untilInterrupted(context, async (wish) => {
    const found = await wholeEnvironment(name, wish);
    if (found) return tellInstalled(name, found, flags, context);
    tellPlan(name, await planEnvironment(name, wish), { ...flags, command: installCommand(name) }, context);
    if (!flags.yes) return exitCode.unavailable;
    return make(name, (onProgress) => installEnvironment(name, { ...wish, onProgress }), flags, context);
  });
}

/** Whatever is there is removed and made anew. */
export function enginesRepair(name: EnvironmentName, flags: InstallFlags, context: Context): Promise<ExitCode> {
  return untilInterrupted(context, async (wish) => {
    tellPlan(name, await planEnvironment(name, wish), { ...flags, command: repairCommand(name) }, context);
    if (!flags.yes) return exitCode.unavailable;
    return make(name, (onProgress) => repairEnvironment(name, { ...wish, onProgress }), flags, context);
  });
}

async function untilInterrupted(
  { home, onInterrupt }: Context,
  work: (wish: { home: string; signal: AbortSignal }) => Promise<ExitCode>,
): Promise<ExitCode> {
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  try {
    return await work({ home, signal: abort.signal });
  } finally {
    release();
  }
}

async function make(
  name: EnvironmentName,
  begin: (onProgress: (progress: InstallProgress) => void) => Promise<Installed>,
  flags: InstallFlags,
  context: Context,
): Promise<ExitCode> {
  const area = liveArea(context.terminal);
  try {
    const installed = await begin(teller(flags, context, (lines) => area.draw(lines)));
    area.draw([]);
    return tellInstalled(name, installed, flags, context);
  } finally {
    area.close();
  }
}

/** A window shows how much has come; a pipe and a script get each step once. */
function teller(
  { json }: InstallFlags,
  context: Context,
  draw: (lines: readonly string[]) => void,
): (progress: InstallProgress) => void {
  const { terminal } = context;
  let told = '';
  return (progress) => {
    if (!json && terminal.interactive) return draw([dataLine(progress)]);
    if (progress.step === told) return;
    told = progress.step;
    if (json) printJson({ event: 'progress', step: progress.step }, context);
    else terminal.write(`${progress.step}\n`);
  };
}

interface PlanFlags extends InstallFlags {
  /** What begins it. */
  command: string;
}

function tellPlan(name: EnvironmentName, plan: EnvironmentPlan, flags: PlanFlags, context: Context): void {
  const { terminal, style } = context;
  const { command } = flags;
  if (flags.json) {
    const { folder, requirements, sizes, free, base } = plan;
    printJson({ event: 'plan', environment: name, folder, requirements, sizes, free, base, command }, context);
    return;
  }
  const { usual, lean } = plan.sizes;
  const sizeOf = ({ download, disk, needed }: typeof usual): string =>
    `about ${gigabytes(download)} to download, ${gigabytes(disk)} on the disk, ` +
    `${gigabytes(needed)} needed there for the time of the installation`;
  const means = plan.base.kind === 'uv' ? `uv, Python ${plan.base.version}` : `Python ${plan.base.version}`;
  const free = plan.free === null ? '' : ` (${gigabytes(plan.free)} are free there)`;
  const lines = [
    `${name}: a Python environment ${environments[name].purpose}: ${environments[name].holds}.`,
    `  where: ${plan.folder}${free}`,
    `  with: ${means} (${plan.base.python}), nothing else on this machine is changed`,
    `  packages: ${plan.requirements.join(', ')}`,
    `  size: ${sizeOf(lean ?? usual)}`,
    ...(lean ? [`  where PyTorch's own package index cannot be reached: ${sizeOf(usual)}`] : []),
    ...(flags.yes ? [] : [`Nothing was installed. To begin: ${style.bold(command)}`]),
  ];
  terminal.write(`${lines.flatMap((line) => wrap(line, terminal.columns(), '    ')).join('\n')}\n`);
}

function tellInstalled(
  name: EnvironmentName,
  { outcome, folder, python, stamp }: Installed,
  flags: InstallFlags,
  context: Context,
): ExitCode {
  const { terminal, style } = context;
  const { bytes, seconds, installed } = stamp;
  if (flags.json) {
    printJson({ event: 'done', environment: name, outcome, folder, python, installed, bytes, seconds }, context);
    return exitCode.done;
  }
  const facts = outcome === 'found' ? 'is installed already' : `was installed in ${formatSpent(seconds)}`;
  const named = process.env.NETLOOM_PYTHON;
  const lines = [
    `${style.green('●')} ${name} ${facts}: Python ${stamp.python}, ${gigabytes(bytes)} in ${folder}`,
    ...(named ? [`NETLOOM_PYTHON names ${named}, which comes before it: unset it to use what is installed here.`] : []),
  ];
  terminal.write(`${lines.flatMap((line) => wrap(line, terminal.columns(), '  ')).join('\n')}\n`);
  return exitCode.done;
}
