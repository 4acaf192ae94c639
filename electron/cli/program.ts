/** The command line: every command with its flags and help, from which commander derives usage and errors. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { join } from 'node:path';
import { exportTargets } from '../../shared/codegen/exportTargets';
import { netloomVersion } from '../services/netloomVersion';
import { environmentNames, environments, type EnvironmentName } from '../services/python/environments';
import { check, type CheckFlags } from './commands/check';
import { dataFetch, dataList, dataShow, type DataFlags } from './commands/data';
import { engines, enginesDiagnostics } from './commands/engines';
import { enginesInstall, enginesRepair, type InstallFlags } from './commands/enginesInstall';
import { exportCode, type ExportFlags } from './commands/export';
import { newDesign, templateNames } from './commands/newDesign';
import { runsList, runsRemove, runsRestore, type ListFlags } from './commands/runs';
import { runsCompare } from './commands/runsCompare';
import { runsShow, type ShowFlags } from './commands/runsShow';
import { resume, train, type ResumeFlags, type TrainFlags } from './commands/train';
import { trySample } from './commands/trySample';
import type { Context } from './context';
import { wrap } from './display/table';
import { exitCode, type ExitCode } from './exitCode';
import { printJson, reportProblem } from './report';

export type Answer = (code: ExitCode | Promise<ExitCode>) => Promise<void>;

/** Runs one command line (without `node` and the script) and answers with the exit code; never throws. */
export async function runProgram(words: readonly string[], context: Context, assets: string): Promise<ExitCode> {
  let code: ExitCode = exitCode.done;
  const answer: Answer = async (result) => {
    code = await result;
  };
  const json = words.includes('--json');
  try {
    await buildProgram(context, assets, answer).parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportProblem(error, context, { json });
    if (error.exitCode === 0) return exitCode.done;
    // Commander has said it on standard error.
    if (json)
      printJson({ event: 'error', code: 'usage', message: error.message, file: null, diagnostics: [] }, context);
    return exitCode.usage;
  }
}

function buildProgram(context: Context, assets: string, answer: Answer): Command {
  const program = new Command('netloom')
    .description('Train, watch and compare neural networks that were drawn, on this machine.')
    .version(netloomVersion(), '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    // Commander leaves lines whole where less room than this remains, 40 unless told.
    .configureHelp({ minWidthToWrap: 20 })
    .showHelpAfterError('(add --help for the whole usage)')
    .configureOutput({
      writeOut: context.terminal.write,
      writeErr: context.terminal.warn,
      getOutHelpWidth: () => context.terminal.columns(),
      getErrHelpWidth: () => context.terminal.columns(),
    });
  addDesignCommands(program, context, join(assets, 'designs'), answer);
  addTrainingCommands(program, context, answer);
  addExportCommand(program, context, answer);
  addRunsCommands(program, context, answer);
  addDataCommands(program, context, answer);
  addEngineCommands(program, context, answer);
  program.addHelpText('after', () => helpNotes.flatMap((note) => wrap(note, context.terminal.columns())).join('\n'));
  return program;
}

function jsonOption(): Option {
  return new Option('--json', 'print JSON for scripts instead of text for people');
}

function settingOption(what = 'change the training or data configuration, e.g. optimizer.learningRate=0.01'): Option {
  const collect = (value: string, list: string[] | undefined): string[] => [...(list ?? []), value];
  return new Option('--set <path=value>', `${what}; may be repeated`).argParser(collect);
}

/** Commander would show an empty list as the default. */
function withSettings<Flags>(flags: Flags & { set?: string[] }): Flags & { set: string[] } {
  return { ...flags, set: flags.set ?? [] };
}

/** A whole number from `least` up; anything else is a usage error that says so. */
function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`Expected a whole number, at least ${least}.`);
  };
}

function addDesignCommands(program: Command, context: Context, templates: string, answer: Answer): void {
  program
    .command('check')
    .description('show the layer table of a design and everything that is wrong with it')
    .argument('<file>', 'a .netloom design')
    .addOption(settingOption())
    .addOption(jsonOption())
    .action((file: string, flags: CheckFlags) => answer(check(file, withSettings(flags), context)));
  program
    .command('new')
    .description(`write a design to start from; templates: ${templateNames(templates).join(', ')}`)
    .argument('<template>', 'which sample to copy')
    .argument('<file>', 'where to write it; an existing file is left alone')
    .action((template: string, file: string) => answer(newDesign(template, file, templates, context)));
}

function addTrainingCommands(program: Command, context: Context, answer: Answer): void {
  const submission = (): Option => new Option('--submission <steps>').argParser(wholeNumber(1)).hideHelp();
  program
    .command('train')
    .description('train a design; Ctrl+C stops cleanly and keeps the run')
    .argument('<file>', 'a .netloom design')
    .option('--epochs <n>', 'how often the training part is seen, instead of what the design says', wholeNumber(1))
    .option('--seed <n>', 'what all randomness follows from, instead of what the design says', wholeNumber(0))
    .option(
      '--engine <id>',
      'which engine computes, see "netloom engines"; auto measures, and takes the fastest',
      'wasm',
    )
    .addOption(settingOption())
    .addOption(jsonOption())
    .addOption(submission())
    .action((file: string, flags: TrainFlags) => answer(train(file, withSettings(flags), context)));
  program
    .command('resume')
    .description('go on with a run that was stopped or interrupted, from its last checkpoint')
    .argument('<run>', 'its id, or the beginning of it')
    .option('--engine <id>', 'moves the run to another engine; without it, it stays where it was')
    .addOption(jsonOption())
    .addOption(submission())
    .action((run: string, flags: ResumeFlags) => answer(resume(run, flags, context)));
  program
    .command('try')
    .description('ask a trained network about one sample')
    .argument('<run>', 'its id, or the beginning of it')
    .argument('<sample>', 'a position in the test part, or a file: npy, csv or json')
    .addOption(jsonOption())
    .action((run: string, sample: string, flags: { json?: boolean }) => answer(trySample(run, sample, flags, context)));
}

function addExportCommand(program: Command, context: Context, answer: Answer): void {
  program
    .command('export')
    .description('take a design away as code: model, weights, script, data and README in a folder')
    .argument('<file>', 'a .netloom design')
    .addOption(new Option('--to <target>', 'what to write').choices(Object.keys(exportTargets)).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where to; a folder that an export made is written anew')
    .option('--run <run>', 'take the best weights of this run instead of first ones')
    .option('--verify', 'run the code and compare it with the engine; VERIFIED.json says how near they are')
    .option('--force', 'write over files that are not ours, or were changed since')
    .addOption(new Option('--opset <n>', 'of ONNX, 17 to 21; default 18').argParser(opset))
    .addOption(jsonOption())
    .action((file: string, flags: ExportFlags) => answer(exportCode(file, flags, context)));
}

function opset(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 17 && value <= 21) return value;
  throw new InvalidArgumentError('Expected a number from 17 to 21.');
}

function addRunsCommands(program: Command, context: Context, answer: Answer): void {
  const runs = program.command('runs').description('list, show, compare and remove runs');
  runs
    .command('list', { isDefault: true })
    .description('every run, newest first')
    .option('--filter <text>', 'only runs whose id or name holds this text')
    .addOption(
      new Option('--state <states...>', 'only runs in one of these states').choices([
        'running',
        'paused',
        'finished',
        'stopped',
        'failed',
        'interrupted',
      ]),
    )
    .addOption(jsonOption())
    .action((flags: ListFlags) => answer(runsList(flags, context)));
  runs
    .command('show')
    .description('one run: configuration, curves, layers, table per class, confusion matrix')
    .argument('<run>', 'its id, or the beginning of it')
    .option('--points <n>', 'at most so many points a curve', wholeNumber(2))
    .addOption(jsonOption())
    .action((run: string, flags: ShowFlags) => answer(runsShow(run, flags, context)));
  runs
    .command('compare')
    .description('what differs between runs, and their curves side by side')
    .argument('<runs...>', 'two or more ids')
    .addOption(jsonOption())
    .action((ids: string[], flags: { json?: boolean }) => answer(runsCompare(ids, flags, context)));
  runs
    .command('rm')
    .description('remove runs; they can be restored')
    .argument('<runs...>', 'ids')
    .addOption(jsonOption())
    .action((ids: string[], flags: { json?: boolean }) => answer(runsRemove(ids, flags, context)));
  runs
    .command('restore')
    .description('bring a removed run back')
    .argument('<run>', 'its id')
    .action((id: string) => answer(runsRestore(id, context)));
}

function addEngineCommands(program: Command, context: Context, answer: Answer): void {
  const group = program.command('engines').description('which engines work on this machine; install what they need');
  group
    .command('list', { isDefault: true })
    .description('every engine, each tried with a real matrix product, and every environment')
    .addOption(jsonOption())
    .action((flags: { json?: boolean }) => answer(engines(flags, context)));
  group
    .command('install')
    .description('say what would be installed, where and how large; with --yes, install it')
    .addArgument(environmentArgument())
    .option('--yes', 'begin: download and install')
    .addOption(jsonOption())
    .action((what: EnvironmentName, flags: InstallFlags) => answer(enginesInstall(what, flags, context)));
  group
    .command('repair')
    .description('remove what was installed and does not work, and install it anew; with --yes, begin')
    .addArgument(environmentArgument())
    .option('--yes', 'begin: remove, download and install')
    .addOption(jsonOption())
    .action((what: EnvironmentName, flags: InstallFlags) => answer(enginesRepair(what, flags, context)));
  group
    .command('diagnostics')
    .description('everything that helps to find out why an engine does not work, to be copied')
    .action(() => answer(enginesDiagnostics(context)));
}

function environmentArgument(): Argument {
  const told = environmentNames.map((name) => `${name}: a Python environment ${environments[name].purpose}`);
  return new Argument('<what>', told.join('; ')).choices(environmentNames);
}

const dataSetting = 'a parameter of the data set, e.g. points=500';

function addDataCommands(program: Command, context: Context, answer: Answer): void {
  const data = program.command('data').description('list, fetch and show data sets');
  data
    .command('list', { isDefault: true })
    .description('every data set that a design can name')
    .addOption(jsonOption())
    .action((flags: { json?: boolean }) => answer(dataList(flags, context)));
  data
    .command('fetch')
    .description('download where needed, check and prepare a data set')
    .argument('<source>', 'its name, e.g. mnist')
    .addOption(settingOption(dataSetting))
    .addOption(jsonOption())
    .action((source: string, flags: DataFlags) => answer(dataFetch(source, withSettings(flags), context)));
  data
    .command('show')
    .description('fields, classes, counts, licence, place on disk')
    .argument('<source>', 'its name, e.g. digits')
    .addOption(settingOption(dataSetting))
    .addOption(jsonOption())
    .action((source: string, flags: DataFlags) => answer(dataShow(source, withSettings(flags), context)));
}

const helpNotes = [
  '',
  'Exit codes: 0 done; 1 the design has errors, the run failed, or what was asked for is not there; 2 the command line is ' +
    'wrong; 3 something outside Netloom is missing (engine, network, disk space); 130 stopped with Ctrl+C, the run is kept.',
  '',
  'NETLOOM_HOME moves runs, data and downloads to another folder; NETLOOM_MIRROR names where downloads come from.',
];
