/** `netloom engines install`: says what would be installed, where and how large; with --yes, installs it. */
import { gigabytes } from '../../services/python/diskSpace';
import { planEnvironment, type EnvironmentPlan } from '../../services/python/environmentPlan';
import { environments, type EnvironmentName } from '../../services/python/environments';
import { installCommand } from '../../services/python/environmentState';
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

export async function enginesInstall(name: EnvironmentName, flags: InstallFlags, context: Context): Promise<ExitCode> {
  const { home, onInterrupt } = context;
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  try {
    const wish = { home, signal: abort.signal };
    const found = await wholeEnvironment(name, wish);
    if (found) return tellInstalled(name, found, flags, context);
    tellPlan(name, await planEnvironment(name, wish), flags, context);
    if (!flags.yes) return exitCode.unavailable;
    return await install(name, wish, flags, context);
  } finally {
    release();
  }
}

async function install(
  name: EnvironmentName,
  wish: { home: string; signal: AbortSignal },
  flags: InstallFlags,
  context: Context,
): Promise<ExitCode> {
  const area = liveArea(context.terminal);
  try {
    const onProgress = teller(flags, context, (lines) => area.draw(lines));
    const installed = await installEnvironment(name, { ...wish, onProgress });
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

function tellPlan(name: EnvironmentName, plan: EnvironmentPlan, flags: InstallFlags, context: Context): void {
  const { terminal, style } = context;
  const command = installCommand(name);
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
