/** train.py: the design's data, loss, metrics, optimizer and schedule, for `compile` and `fit`. */
import type { CheckedProgram } from '../../ir/program';
import type { ExportedModel, Obstacle } from '../exportedModel';
import { printStatement } from '../printCode';
import { docstring, python } from '../python';
import { importBlock } from '../pythonImports';
import { usedImports } from '../pytorch/usedImports';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import { trainingParts, type TrainingParts } from './trainingParts';
import { compileLines, dataLines, lossLines, mainLines, metricLines } from './writeTrainRun';
import { optimizerLines, scheduleLines } from './writeTrainSteps';

/** What the functions of the script are written from. */
export interface Script {
  readonly program: CheckedProgram;
  readonly parts: TrainingParts;
}

export function writeKerasTrain(
  program: CheckedProgram,
  model: ExportedModel,
): SourceFile | { obstacles: readonly Obstacle[] } {
  const parts = trainingParts(program, model);
  if ('obstacles' in parts) return parts;
  const script: Script = { program, parts };
  const blocks: SourceLine[][] = [
    ...helperSources(parts).map((source) => linesOf(source.split('\n'))),
    dataLines(script),
    lossLines(script),
    metricLines(script),
    optimizerLines(script),
    ...(parts.schedule.moves === 'update' ? [scheduleLines(script)] : []),
    compileLines(script),
    mainLines(script),
    linesOf(['if __name__ == "__main__":', '    main()']),
  ];
  const body = [...constantLines(program), ...blocks.flatMap((lines) => [...linesOf(['', '']), ...lines])];
  const source = body.map(({ text }) => text).join('\n');
  const imports = usedImports(source, [
    ...(/\bmath\.\w/.test(source) ? ['import math'] : []),
    ...['from pathlib import Path', 'from typing import Any', 'import keras', 'import numpy as np'],
    'from keras import ops',
  ]);
  return {
    path: 'train.py',
    lines: [
      ...linesOf(docstring([`${program.name}: training, and judging on the test part.`])),
      ...linesOf(['', ...importBlock(imports), '', 'from model import make_model', '']),
      ...body,
    ],
  };
}

function helperSources({ heads, optimizer, schedule }: TrainingParts): string[] {
  const all = [
    ...heads.flatMap(({ loss, metrics }) => [loss, ...metrics.map(({ code }) => code)]),
    optimizer,
    schedule,
  ];
  return [...new Map(all.flatMap(({ helpers = [] }) => helpers.map(({ name, source }) => [name, source]))).values()];
}

function constantLines({ training }: CheckedProgram): SourceLine[] {
  const { accumulate, clipNorm, earlyStopping, optimizer } = training;
  const values: [string, number][] = [
    ['SEED', training.seed],
    ['EPOCHS', training.epochs],
    ['BATCH_SIZE', training.batchSize],
    ...(accumulate > 1 ? ([['ACCUMULATE', accumulate]] as [string, number][]) : []),
    ['LEARNING_RATE', Number(optimizer.params.learningRate)],
    ...(clipNorm === null ? [] : ([['CLIP_NORM', clipNorm]] as [string, number][])),
    ...(earlyStopping === null ? [] : ([['PATIENCE', earlyStopping.patience]] as [string, number][])),
    ...(earlyStopping?.minimumImprovement
      ? ([['MINIMUM_IMPROVEMENT', earlyStopping.minimumImprovement]] as [string, number][])
      : []),
  ];
  const written = values.map(([name, value]) => `${name} = ${printStatement(python, value).join('')}`);
  return linesOf(['FOLDER = Path(__file__).parent', ...written]);
}
