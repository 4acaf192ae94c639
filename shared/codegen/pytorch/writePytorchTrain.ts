/** train.py: the design's data, loss, optimizer, schedule and metrics, and a loop of the kind that people write. */
import type { CheckedProgram } from '../../ir/program';
import type { ExportedModel, Obstacle } from '../exportedModel';
import { docstring } from '../python';
import { pythonImports } from '../pythonImports';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import { batches, describeMeasures, mainGuard, pickDevice } from './scriptText';
import type { Script } from './script';
import { headCodes, helperSources } from './trainingHelpers';
import { trainingParts } from './trainingParts';
import { usedImports } from './usedImports';
import { dataLines, evaluateLines, modelLines } from './writeTrainData';
import { epochLines, mainLines } from './writeTrainLoop';
import { lossLines, measureLines, optimizerLines, scheduleLines } from './writeTrainMeasures';

export function writePytorchTrain(
  program: CheckedProgram,
  model: ExportedModel,
): SourceFile | { obstacles: readonly Obstacle[] } {
  const parts = trainingParts(program, model);
  if ('obstacles' in parts) return parts;
  const script: Script = { program, model, parts };
  const blocks: SourceLine[][] = [
    ...helperSources([...headCodes(parts), parts.optimizer(null), parts.schedule]).map((source) =>
      linesOf(source.split('\n')),
    ),
    linesOf(pickDevice.split('\n')),
    modelLines(script),
    dataLines(script),
    linesOf(batches.split('\n')),
    lossLines(script),
    measureLines(script),
    optimizerLines(script),
    ...(parts.schedule.moves === 'never' ? [] : [scheduleLines(script)]),
    epochLines(script),
    evaluateLines(script),
    linesOf(describeMeasures.split('\n')),
    mainLines(script),
    linesOf(mainGuard.split('\n')),
  ];
  const constants = constantLines(script);
  const body = [...constants, ...blocks.flatMap((lines) => [...linesOf(['', '']), ...lines])];
  return {
    path: 'train.py',
    lines: [
      ...linesOf(docstring([`${program.name}: training, and judging on the test part.`])),
      ...linesOf(['', ...importLines(script, body), '']),
      ...body,
    ],
  };
}

function importLines({ model }: Script, body: readonly SourceLine[]): string[] {
  const code = body.map(({ text }) => text).join('\n');
  const others = [
    ...['from collections.abc import Iterator', 'from pathlib import Path'],
    ...['import numpy as np', 'import safetensors.torch', 'import torch', 'from torch import Tensor'],
    ...(/\bmath\.\w/.test(code) ? ['import math'] : []),
  ];
  return [...pythonImports(usedImports(code, others)), '', `from model import ${model.maker}`];
}

function constantLines({ program: { training } }: Script): SourceLine[] {
  const { accumulate, clipNorm, earlyStopping, optimizer } = training;
  const values: [string, unknown][] = [
    ['SEED', training.seed],
    ['EPOCHS', training.epochs],
    ['BATCH_SIZE', training.batchSize],
    ...(accumulate > 1 ? [['ACCUMULATE', accumulate] as [string, unknown]] : []),
    ['LEARNING_RATE', optimizer.params.learningRate],
    ...(clipNorm === null ? [] : [['CLIP_NORM', clipNorm] as [string, unknown]]),
    ...(earlyStopping === null ? [] : [['PATIENCE', earlyStopping.patience] as [string, unknown]]),
    ...(earlyStopping?.minimumImprovement
      ? [['MINIMUM_IMPROVEMENT', earlyStopping.minimumImprovement] as [string, unknown]]
      : []),
  ];
  return linesOf([
    'Data = tuple[Tensor, ...]',
    '',
    'FOLDER = Path(__file__).parent',
    ...values.map(([name, value]) => `${name} = ${String(value)}`),
  ]);
}
