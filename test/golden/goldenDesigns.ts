/** The designs that have goldens: the hand-written ones beside their goldens, and the samples where they lie. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataPlaces } from '../../electron/services/data/dataSource';
import { openData, type OpenedData } from '../../electron/services/data/openData';
import { prepareHere } from '../../electron/services/data/prepareHere';
import { compile } from '../../shared/compile';
import { parseDesign } from '../../shared/design/parseDesign';
import type { Design } from '../../shared/design/schema';
import type { CheckedProgram } from '../../shared/ir/program';
import { library } from '../../shared/library';
import { temporaryHome } from '../drivers/temporaryHome';

const assets = join(__dirname, '..', '..', 'assets');
const samples = readdirSync(join(assets, 'designs')).map((file) => file.replace('.netloom', ''));
/** Designs that do not compile have goldens of their diagnostics alone: see `test/shared/compile.test.ts`. */
const broken = ['many-errors'];

/** Samples first. */
export const goldenNames = [
  ...samples,
  ...readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !samples.includes(entry.name) && !broken.includes(entry.name))
    .map(({ name }) => name),
];

export function goldenFile(name: string, file: 'program.json' | 'losses.json'): string {
  return join(__dirname, name, file);
}

export interface GoldenDesign {
  design: Design;
  program: CheckedProgram;
  /** What the compiler said, although there is a program. */
  diagnostics: readonly string[];
  /** Null where the data would have to be downloaded. Whoever opens it closes it. */
  data: OpenedData | null;
}

/** For the time of one test. */
export async function openGolden(name: string): Promise<GoldenDesign> {
  const file = samples.includes(name) ? join(assets, 'designs', `${name}.netloom`) : fileBeside(name);
  const parsed = parseDesign(readFileSync(file, 'utf8'), file);
  if ('problems' in parsed) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  const { design } = parsed;
  const data = await prepared(design, join(file, '..'));
  const { program, diagnostics } = compile(design, library, data ? { data: data.info } : {});
  const said = diagnostics.map(({ message }) => message);
  if (!program) throw new Error(said.join('\n'));
  return { design, program, diagnostics: said, data };
}

function fileBeside(name: string): string {
  return join(__dirname, name, 'design.netloom');
}

async function prepared(design: Design, folder: string): Promise<OpenedData | null> {
  if (!design.data || ['mnist', 'fashionMnist'].includes(design.data.source)) return null;
  const places: DataPlaces = { home: temporaryHome(), folder, assets, mirror: null };
  return openData((await prepareHere(design.data, places)).folder);
}
