/** The engine on PyTorch: a process in a Python of the user's choice, which trains the very module that is exported. */
import { tmpdir } from 'node:os';
import { writeSession, type Session } from '../../../../shared/codegen/pytorch/writeSession';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { engineSentences, pytorchSentences } from '../../../../shared/messages/engineSentences';
import { fill } from '../../../../shared/messages/fill';
import { pythonSentences } from '../../../../shared/messages/pythonSentences';
import { netloomHome } from '../../../files/home';
import { installCommand, repairCommand } from '../../../services/python/environmentState';
import { findPython, type Python } from '../../../services/python/findPython';
import { pythonScript } from '../../../services/python/pythonScript';
import { ServiceProblem } from '../../../services/serviceProblem';
import { EngineMissing } from '../../../services/tensorflow/engineMissing';
import { standardControls, type Engine, type OpenOptions, type Probe, type Runner } from '../engine';
import { weightGroups } from '../weightGroups';
import { helloSchema, openedSchema, type Hello } from './answers';
import { probeOf, unavailable } from './probePytorch';
import { startPython, type PythonProcess } from './pythonProcess';
import { PytorchRunner } from './pytorchRunner';
import { makeSessionFolder } from './sessionFolder';
import { launchWords, pytorchSettings, type PytorchSettings, settingFields } from './settings';
import { createTwins } from './twins';

export interface PytorchPlaces {
  environment?: NodeJS.ProcessEnv;
  home?: string;
  /** The script that the Python runs; unless told, ours. */
  script?: string;
}

/** A process that has said what it is, and has opened nothing yet. */
interface Ready {
  process: PythonProcess;
  hello: Hello;
  python: Python;
}

/** How long a process that was probed waits to be used: starting another costs seconds. */
const spareMilliseconds = 30_000;
const helloMilliseconds = 300_000;

export function createPytorchEngine(places: PytorchPlaces = {}): Engine {
  const { environment = process.env } = places;
  let spare: Ready | null = null;
  const takeSpare = (): Ready | null => {
    const taken = spare;
    spare = null;
    return taken;
  };
  const keepSpare = (ready: Ready): void => {
    void takeSpare()?.process.close();
    spare = ready;
    const letGo = setTimeout(() => {
      if (spare === ready) void takeSpare()?.process.close();
    }, spareMilliseconds);
    letGo.unref();
  };
  return {
    id: 'pytorch',
    async probe(): Promise<Probe> {
      try {
        const ready = takeSpare() ?? (await begin(places, pytorchSettings(environment)));
        const probe = probeOf(ready.hello, ready.python);
        if (probe.available) keepSpare(ready);
        else await ready.process.close();
        return probe;
      } catch (error) {
        if (error instanceof EngineMissing) return unavailable(error.reason, error.remedy);
        if (error instanceof ServiceProblem) return unavailable(error.message, null);
        throw error;
      }
    },
    async open(program, options) {
      const settings = pytorchSettings(environment);
      const session = sessionOf(program);
      const ready = takeSpare() ?? (await begin(places, settings));
      return openSession(ready, { program, session, options, settings });
    },
  };
}

async function begin(places: PytorchPlaces, settings: PytorchSettings): Promise<Ready> {
  const { environment = process.env, home = netloomHome(environment), script = pythonScript('run_engine.py') } = places;
  const finding = await findPython({
    targets: ['pytorch'],
    purpose: pythonSentences.training,
    environments: ['pytorch', 'verify'],
    home,
    environment,
  });
  if (finding.kind === 'none') throw finding.problem;
  const started = startPython({
    python: finding.python.executable,
    words: launchWords(script, settings),
    cwd: tmpdir(),
  });
  try {
    const asked = started.ask('hello', helloSchema, { fields: { device: settings.device } });
    const { value } = await inTime(asked, finding.python);
    return { process: started, hello: value, python: finding.python };
  } catch (error) {
    await started.close();
    if (!(error instanceof ServiceProblem && error.code === 'engine-lost')) throw error;
    throw new EngineMissing(error.message, howToMend(finding.python));
  }
}

/** A Python that has everything and does not load it. */
function howToMend({ source }: Python): string {
  if (source === 'pytorch' || source === 'verify') {
    return fill(engineSentences.repairWith, { command: repairCommand(source) });
  }
  return fill(pytorchSentences.otherPython, { command: installCommand('pytorch') });
}

/** Loading PyTorch takes seconds, on a slow disk or a busy machine minutes. */
async function inTime<Value>(asked: Promise<Value>, { executable }: Python): Promise<Value> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => {
      const said = fill(pytorchSentences.late, { python: executable, seconds: helloMilliseconds / 1000 });
      reject(new ServiceProblem('engine-unavailable', said));
    }, helloMilliseconds);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(limit);
    asked.catch(() => undefined);
  }
}

/** Throws `ServiceProblem` engine-unavailable where the drawing has something that PyTorch lacks. */
function sessionOf(program: CheckedProgram): Session {
  const session = writeSession(program);
  if (!('obstacles' in session)) return session;
  const said = session.obstacles.map(({ name, why, instead }) => `${name}: ${why} ${instead}`).join(' ');
  throw new ServiceProblem('engine-unavailable', `The engine "pytorch" cannot train this design. ${said}`);
}

interface Opening {
  program: CheckedProgram;
  session: Session;
  options: OpenOptions;
  settings: PytorchSettings;
}

async function openSession(
  { process, hello }: Ready,
  { program, session, options, settings }: Opening,
): Promise<Runner> {
  refuseControls(options);
  const twins = createTwins(program, session.model, session.slots);
  const folder = await makeSessionFolder(program, session, twins, options.data);
  try {
    const fields = {
      folder: folder.path,
      dataFile: folder.dataFile,
      start: folder.start,
      device: settings.device,
      options: settingFields(settings, hello.product.device !== 'cpu'),
      seed: program.training.seed,
      batchSize: program.training.batchSize,
      optimizerSlots: [...twins.slots],
      groups: twins.parametersOf(weightGroups(program)),
      heads: program.heads.map(({ path, weight, metrics }) => ({
        path,
        weight,
        metrics: metrics.map(({ definition }) => ({ evaluationOnly: definition.evaluationOnly })),
      })),
    };
    const { value } = await process.ask('open', openedSchema, { fields });
    return new PytorchRunner(program, options, { process, folder, twins, notes: value.notes });
  } catch (error) {
    await process.close();
    await folder.remove();
    throw error;
  }
}

function refuseControls({ controls }: OpenOptions): void {
  const unknown = controls.find((name) => !(standardControls as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`the engine "pytorch" has no control ${unknown}`);
}
