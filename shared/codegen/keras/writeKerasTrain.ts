/** train.py: the design's data, loss, metrics, optimizer and schedule, for `compile` and `fit`. */
import type { TrainingCode } from '../../ir/emit/trainingEmission';
import type { CheckedProgram } from '../../ir/program';
import type { ExportedModel, Obstacle } from '../exportedModel';
import { printStatement } from '../printCode';
import { docstring, python } from '../python';
import { pythonImports } from '../pythonImports';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import { withoutTypes } from './withoutTypes';
import { trainingParts, type Script, type TrainingParts } from './trainingParts';
import { compileLines, dataLines, lossLines, mainLines, metricLines } from './writeTrainRun';
import { optimizerLines, scheduleLines } from './writeTrainSteps';

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
  const imports = importLines(parts);
  return {
    path: 'train.py',
    lines: [
      ...linesOf(docstring([`${program.name}: training, and judging on the test part.`])),
      ...linesOf(program.training.earlyStopping?.minimumImprovement ? ['', ...withoutTypes] : []),
      ...linesOf(['', ...pythonImports(imports), '', 'from model import make_model', '']),
      ...body,
    ],
  };
}

/** Everything that brings its own imports: helpers, and expressions that name a module. */
function codesOf({ heads, optimizer, schedule }: TrainingParts): TrainingCode[] {
  return [...heads.flatMap(({ loss, metrics }) => [loss, ...metrics.map(({ code }) => code)]), optimizer, schedule];
}

function helperSources(parts: TrainingParts): string[] {
  const helpers = codesOf(parts).flatMap((each) => each.helpers ?? []);
  return [...new Map(helpers.map(({ name, source }) => [name, source])).values()];
}

function importLines(parts: TrainingParts): string[] {
  const codes = codesOf(parts);
  return [
    ...['from pathlib import Path', 'from typing import Any', 'import keras', 'import numpy as np'],
    ...(parts.schedule.moves === 'update' ? ['import math'] : []),
    ...[...codes, ...codes.flatMap((each) => each.helpers ?? [])].flatMap((each) => each.imports ?? []),
  ];
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
