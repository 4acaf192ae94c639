/** The target TensorFlow.js: a folder of TypeScript with the model, its weights, the data and a script that trains. */
import type { CheckedProgram, Feed, Head } from '../../ir/program';
import type { Exported, ExportRequest, ExportTarget } from '../exportTarget';
import type { ExportedPort, Obstacle } from '../exportedModel';
import { createScope } from '../allocateNames';
import { canonical } from '../layouts';
import { linesOf, type SourceFile } from '../sourceFile';
import { brandName, code, list, text } from '../../ir/emit/code';
import { printStatement } from '../printCode';
import { docComment, typescript } from '../typescript';
import { modelParts, type ModelParts } from './modelParts';
import { packageFiles } from './packageFiles';
import { dataScript, weightsScript } from './scriptText';
import { trainingParts } from './trainingParts';
import { weightNames } from './weightNames';
import { writeModel } from './writeModel';
import { writeTrain } from './writeTrain';

export const tfjsTarget: ExportTarget = {
  target: 'tfjs',
  title: 'TensorFlow.js',
  weights: { format: 'tfjs', file: 'weights.json', values: 'weights.bin' },
  trains: true,
  commands: ['npm install', 'npm run train'],
  write: writeTfjs,
};

function writeTfjs({ program, source }: ExportRequest): Exported {
  const parts = modelParts(program.main);
  const training = trainingParts(program);
  const obstacles: Obstacle[] = [parts, training].flatMap((part) =>
    part && 'obstacles' in part ? part.obstacles : [],
  );
  if ('obstacles' in parts || (training && 'obstacles' in training)) return { obstacles };
  const origin = `${source.file}, SHA-256 ${source.hash}`;
  const script = training ? [dataFile(program), writeTrain(program, training, origin)] : [];
  const files = [
    writeModel(program, parts),
    ...layersFile(parts),
    textFile('weights.ts', weightsScript),
    ...script,
    ...packageFiles(program.name, training !== null),
  ];
  const folder = { files, weights: weightNames(program, parts), constants: [], maker: 'createModel' };
  return { folder: { ...folder, inputs: ports(program, program.feeds), outputs: ports(program, program.heads) } };
}

/** The classes that the network needs besides the library's. */
function layersFile({ helpers }: ModelParts): SourceFile[] {
  if (helpers.length === 0) return [];
  const head = ['/** Layers that TensorFlow.js lacks. */', `import * as tf from '@tensorflow/tfjs';`, ''];
  return [textFile('layers.ts', [...head, ...helpers.map(({ source }) => source)].join('\n'))];
}

function dataFile({ feeds, heads }: CheckedProgram): SourceFile {
  const listed = (name: string, fields: readonly string[]): string[] =>
    printStatement(typescript, code`const ${brandName(name)} = ${list(fields.map(text))};`);
  const head = [
    ...docComment('Reads the samples from the arrays of NumPy in the folder data.'),
    `import { existsSync, readFileSync } from 'node:fs';`,
    `import { join } from 'node:path';`,
    `import * as tf from '@tensorflow/tfjs';`,
    '',
    '/** The fields that the network takes, and those that it is to predict. */',
    ...listed(
      'inputs',
      feeds.map(({ field }) => field),
    ),
    ...listed(
      'targets',
      heads.map(({ target }) => target?.name ?? ''),
    ),
  ];
  return textFile('data.ts', `${head.join('\n')}\n${dataScript}`);
}

function textFile(path: string, text: string): SourceFile {
  return { path, lines: linesOf(text.replace(/\n$/, '').split('\n')) };
}

function ports({ main }: CheckedProgram, all: readonly (Feed | Head)[]): ExportedPort[] {
  const scope = createScope('camelCase', []);
  return all.map(({ path, name }) => {
    const type = main.nodes.find(({ id }) => id === path)?.outputTypes.output;
    if (!type) throw new Error(`the program has no port ${path}`);
    return { path, name: scope.allocate(name, 'port').identifier, type, layout: canonical(type) };
  });
}
