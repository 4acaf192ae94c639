/** Compiles the binding of tfjs-node where Netloom carries none: with the system's C++ compiler, in about ten seconds, once. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { withFileProblems } from '../../files/fileProblem';
import { assetsFolder } from '../data/assetsFolder';
import { lastLine } from '../python/askPython';
import { runProgram } from '../python/childProgram';
import { EngineMissing } from './engineMissing';

const recipeSchema = z.object({
  sources: z.array(z.string()),
  words: z.array(z.string()),
  libraries: z.array(z.string()),
});

export interface CompileWish {
  packageFolder: string;
  /** Where the binding will look for its libraries, and finds them while it is linked. */
  folder: string;
  /** Where bindings are kept. */
  links: string;
  library: { folder: string };
  environment?: NodeJS.ProcessEnv;
}

/** The file to load; what was compiled for the same library and package before is taken as it is. */
export async function compileBinding(wish: CompileWish): Promise<string> {
  const { folder, links, library, environment = process.env } = wish;
  const packageFolder = unpacked(wish.packageFolder);
  const recipe = recipeSchema.parse(JSON.parse(readFileSync(join(assetsFolder(), 'prebuilt', 'recipe.json'), 'utf8')));
  const sources = recipe.sources.map((name) => join(packageFolder, 'binding', name));
  const headers = [
    join(dirname(dirname(packageFolder)), 'node-api-headers', 'include'),
    join(library.folder, 'include'),
  ];
  refuseMissing([...sources, ...headers]);
  const place = join(links, `compiled-${stampOf([JSON.stringify(recipe), folder, ...sources.map(textOf)])}`);
  const file = join(place, 'tfjs_binding.node');
  if (existsSync(file)) return file;
  const aside = join(place, `compiling-${process.pid}`);
  withFileProblems(place, 'write', () => mkdirSync(place, { recursive: true }));
  const words = [
    ...recipe.words,
    ...headers.flatMap((path) => ['-isystem', path]),
    ...sources,
    ...[`-L${folder}`, '-Wl,--enable-new-dtags', `-Wl,-rpath,${folder}`, ...recipe.libraries],
    ...['-o', aside],
  ];
  const compiler = environment.CXX || 'g++';
  const ended = await runProgram(compiler, words, { cwd: place, environment, timeLimit: 300_000 });
  if (ended.how === 'ended' && ended.code === 0) {
    withFileProblems(file, 'write', () => renameSync(aside, file));
    return file;
  }
  rmSync(aside, { force: true });
  const said = lastLine(ended.errors) || ended.cause || ended.signal || ended.how;
  throw new EngineMissing(
    fill(tensorflowSentences.notCompiled, { compiler, said }),
    tensorflowSentences.installCompiler,
  );
}

/** A compiler reads no archive of Electron's; what it needs lies beside it. */
function unpacked(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}

function refuseMissing(paths: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return;
  throw new EngineMissing(
    fill(tensorflowSentences.nothingToCompile, { file: missing }),
    tensorflowSentences.installHeaders,
  );
}

function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}

function stampOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
