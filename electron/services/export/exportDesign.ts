/** Takes a design away as code: compiles it, writes the target's model, weights, script, data and README into a folder. */
import { basename, dirname, join, resolve } from 'node:path';
import type { ExportFolder, ExportTarget } from '../../../shared/codegen/exportTarget';
import { textOf } from '../../../shared/codegen/sourceFile';
import type { Design } from '../../../shared/design/schema';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import type { CheckedProgram } from '../../../shared/ir/program';
import { atomicWrite } from '../../files/atomicWrite';
import { beginAtomicFolder } from '../../files/atomicFolder';
import { withFileProblems } from '../../files/fileProblem';
import { diskFiles, type FileSystem } from '../../files/fileSystem';
import { assetsFolder } from '../data/assetsFolder';
import { openData, type OpenedData } from '../data/openData';
import { prepareHere } from '../data/prepareHere';
import { compileDesign } from '../designs/compileDesign';
import { readDesignFile } from '../designs/openDesign';
import { netloomVersion } from '../netloomVersion';
import { ServiceProblem } from '../serviceProblem';
import { dataArrays, dataBytes, largestData, writeData, type DataArray } from './exportData';
import { freshValues, runValues, type ValuesOrigin } from './exportValues';
import { fileHash, manifestFile, manifestText, textHash } from './manifest';
import { folderState, refuseTakenFolder } from './ownership';
import { placeFolder, takeBack } from './placeFolder';
import { readmeText } from './readme';
import { storedWeights, weightFiles, writeWeights } from './writeWeights';

export interface ExportOptions {
  home: string;
  /** The design's file; paths of its data count from its folder. */
  file: string;
  /** The design as it is drawn, where the file does not hold it. */
  drawn?: Design;
  target: ExportTarget;
  /** The folder to write. */
  to: string;
  /** The run whose best weights it gets; null: first values. */
  run?: string | null;
  /** Writes over what is not ours, or was changed. */
  force?: boolean;
  opset?: number;
  mirror?: string | null;
  /** Told of each thing that is begun. */
  onStep?: (step: ExportStep) => void;
  files?: FileSystem;
  /** Bytes of data above which they stay out. */
  largest?: number;
}

export type ExportStep = 'data' | 'code' | 'write';

export interface ExportResult {
  folder: string;
  /** Below it, with slashes, in order. */
  files: readonly string[];
  bytes: number;
  program: CheckedProgram;
  design: Design;
  model: ExportFolder;
  values: ValuesOrigin;
  /** Where the samples are that the design is trained with; null where it names none. */
  dataFolder: string | null;
  /** The data that were left out as too large. */
  dataLeftOut: { bytes: number; largest: number } | null;
}

const defaultOpset = 18;

/**
 * Throws `ServiceProblem` (design-invalid, export-impossible with every node that has no twin, folder-taken, run-unknown,
 * checkpoint-missing, checkpoint-mismatch) or `FileProblem`; then the folder is as it was.
 */
export async function exportDesign(options: ExportOptions): Promise<ExportResult> {
  const { home, target, onStep, files = diskFiles } = options;
  const file = resolve(options.file);
  const { design, bytes } = options.drawn
    ? { design: options.drawn, bytes: Buffer.from(serialiseDesign(options.drawn), 'utf8') }
    : readDesignFile(file);
  const source = { file: basename(file), hash: textHash(bytes) };
  // What is wrong with the design is said before anything is downloaded.
  compileDesign(design, null, options.file);
  onStep?.('data');
  const data = await openDesignData(design, file, options);
  try {
    onStep?.('code');
    const program = compileDesign(design, data?.info ?? null, options.file);
    const values = options.run ? runValues(program, home, options.run) : freshValues(program);
    const model = writeModel(options, program, values, source);
    const arrays = data ? dataArrays(program, data, target.trains) : [];
    const largest = options.largest ?? largestData;
    const size = dataBytes(arrays);
    const included = size <= largest;
    onStep?.('write');
    const written = await writeFolder(
      { folder: resolve(options.to), files, force: options.force ?? false, target, model, values, data },
      included ? arrays : [],
      readmeText({
        ...{ program, target, model, source, origin: values.origin, version: netloomVersion() },
        data: data ? { ...data.prepared, arrays, included } : null,
      }),
      { design: program.name, hash: source.hash },
    );
    const dataFolder = data?.folder ?? null;
    const dataLeftOut = included ? null : { bytes: size, largest };
    return { ...written, program, design, model, values, dataFolder, dataLeftOut };
  } finally {
    data?.close();
  }
}

async function openDesignData(
  design: Design,
  file: string,
  { home, mirror = null }: ExportOptions,
): Promise<(OpenedData & { folder: string }) | null> {
  if (!design.data) return null;
  const { folder } = await prepareHere(design.data, { home, folder: dirname(file), assets: assetsFolder(), mirror });
  return { ...openData(folder), folder };
}

function writeModel(
  { target, opset = defaultOpset }: ExportOptions,
  program: CheckedProgram,
  { values }: ValuesOrigin,
  source: { file: string; hash: string },
): ExportFolder {
  const find = (group: string, name: string) => {
    const found = values.get(`${group}/${name}`);
    if (!found) throw new Error(`the design has no weight ${group}/${name}`);
    return found;
  };
  const written = target.write({ program, source, values: find, opset, version: netloomVersion() });
  if ('folder' in written) return written.folder;
  const each = written.obstacles.map(({ name, path, why, instead }) => {
    const node = name === path ? name : `${name} (${path})`;
    return `${node}: ${why} ${instead}`;
  });
  throw new ServiceProblem('export-impossible', `The design cannot go to ${target.title}. ${each.join(' ')}`);
}

interface FolderPlan {
  folder: string;
  files: FileSystem;
  force: boolean;
  target: ExportTarget;
  model: ExportFolder;
  values: ValuesOrigin;
  data: OpenedData | null;
}

/** Everything is written aside first; the folder then changes at once, or not at all. */
async function writeFolder(
  { folder, files, force, target, model, values, data }: FolderPlan,
  arrays: readonly DataArray[],
  readme: string,
  source: { design: string; hash: string },
): Promise<Pick<ExportResult, 'folder' | 'files' | 'bytes'>> {
  const texts = new Map(model.files.map((each) => [each.path, Buffer.from(textOf(each), 'utf8')]));
  texts.set('README.md', Buffer.from(readme, 'utf8'));
  const pieces = new Map<string, Uint8Array>([...texts, ...(model.binaries ?? [])]);
  const paths = [...pieces.keys(), ...weightFiles(target.weights), ...arrays.map(({ path }) => path)];
  takeBack(files, folder);
  const state = folderState(files, folder);
  if (!force) refuseTakenFolder(folder, state, [...paths, manifestFile]);
  withFileProblems(dirname(folder), 'write', () => files.makeFolder(dirname(folder)));
  const aside = beginAtomicFolder(files, folder);
  try {
    for (const [path, content] of pieces) {
      withFileProblems(folder, 'write', () => files.makeFolder(dirname(join(aside.path, path))));
      atomicWrite(files, join(aside.path, path), [content]);
    }
    if (target.weights.format !== 'inside')
      writeWeights(files, aside.path, target.weights, storedWeights(model, values.values));
    if (data) await writeData(files, aside.path, data, arrays);
    const hashes = Object.fromEntries(paths.map((path) => [path, fileHash(files, join(aside.path, path))]));
    const text = manifestText({
      ...{ netloomExport: 1, design: source.design, designHash: source.hash, target: target.target },
      weights: values.origin.kind === 'run' ? values.origin.run : `first values, seed ${values.origin.seed}`,
      versions: { netloom: netloomVersion() },
      files: hashes,
    });
    atomicWrite(files, join(aside.path, manifestFile), [Buffer.from(text, 'utf8')]);
    const bytes = withFileProblems(folder, 'read', () =>
      paths.reduce((sum, path) => sum + (files.facts(join(aside.path, path))?.size ?? 0), text.length),
    );
    placeFolder(files, aside, folder, state);
    return { folder, files: [...paths, manifestFile], bytes };
  } finally {
    aside.abandon();
  }
}
