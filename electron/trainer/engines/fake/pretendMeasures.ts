/** Pretend losses, metrics and outputs of the right shapes, which improve as "training" goes on. */
import type { CheckedProgram, Head, Instance } from '../../../../shared/ir/program';
import { sampleSizes, type TensorType } from '../../../../shared/ir/tensorType';
import type { FieldInfo } from '../../../../shared/ir/trainingDefinitions';
import { savePredictions } from '../checkpoint';
import type { Evaluation, Peeked } from '../engine';
import { elementsOf } from '../weightGroups';
import { hashed } from './pretendWeights';

/** One value a metric that every step reports. */
export function metricMains(heads: readonly Head[], level: number): number[] {
  return heads.flatMap(({ metrics }) =>
    metrics.flatMap(({ definition }) =>
      definition.evaluationOnly ? [] : [definition.direction === 'up' ? 1 - 0.9 * level : level],
    ),
  );
}

/** Sums from which the metrics' own `finish` gives values between 0 and 1, better as the level falls. */
export function pretendSums(
  program: CheckedProgram,
  level: number,
  samples: number,
  full: boolean,
): Evaluation['heads'] {
  return program.heads.map((head) => ({
    lossSum: samples * (0.05 + 2.3 * level),
    metrics: head.metrics.map(({ definition, params }) => {
      if (definition.evaluationOnly && !full) return new Float64Array(0);
      const names = definition.statistics(params, outputType(program, head), targetOf(head));
      const right = Math.round(samples * (1 - 0.9 * level));
      return statistics(names, samples, right);
    }),
  }));
}

/** Squares of counts are confusion matrices: right ones on the diagonal. In others the count comes last. */
function statistics(names: readonly string[], samples: number, right: number): Float64Array {
  const classes = Math.sqrt(names.length);
  if (names.length > 2 && Number.isInteger(classes))
    return Float64Array.from(names, (_, at) => {
      const diagonal = Math.floor(at / classes) === at % classes;
      return Math.floor(diagonal ? right / classes : (samples - right) / (classes * (classes - 1)));
    });
  return Float64Array.from(names, (name) => (name === 'count' ? samples : right));
}

export function pretendOutputs(program: CheckedProgram, path: string, indices: Uint32Array): Peeked[] {
  const node = nodeAt(program, path);
  if (!node) throw new Error(`The design has no node ${path}, so its outputs cannot be shown.`);
  return Object.entries(node.outputTypes).map(([port, type]) => {
    const shape = sizesOf(type);
    const values = valuesFor(program, indices, shape);
    return { path, port, shape: [indices.length, ...shape], values };
  });
}

export function savePretendPredictions(program: CheckedProgram, file: string, indices: Uint32Array): void {
  const predictions = program.heads.map((head) => {
    const shape = sizesOf(outputType(program, head));
    return { head: head.name, shape: [indices.length, ...shape], values: valuesFor(program, indices, shape) };
  });
  savePredictions(file, predictions);
}

function valuesFor({ training }: CheckedProgram, indices: Uint32Array, shape: readonly number[]): Float32Array {
  const elements = elementsOf(shape);
  return Float32Array.from({ length: indices.length * elements }, (_, at) =>
    hashed(training.seed, indices[Math.floor(at / elements)] ?? 0, at % elements),
  );
}

function outputType(program: CheckedProgram, head: Head): TensorType {
  const type = Object.values(nodeAt(program, head.path)?.inputTypes ?? {})[0];
  if (!type) throw new Error(`The design has no Output ${head.path}.`);
  return type;
}

function targetOf(head: Head): FieldInfo {
  return head.target ?? { name: 'target', shape: [], dtype: 'int32' };
}

function nodeAt(program: CheckedProgram, path: string): Instance | undefined {
  const parts = path.split('/');
  let { nodes } = program.main;
  for (;;) {
    const node = nodes.find(({ id }) => id === parts[0]);
    parts.shift();
    if (!node || parts.length === 0) return node;
    if (node.kind === 'layer') return undefined;
    const iteration = node.iterations[node.repeated ? Number(parts.shift()) : 0];
    if (!iteration) return undefined;
    nodes = iteration.nodes;
  }
}

function sizesOf(type: TensorType): number[] {
  return sampleSizes(type).map((size) => (typeof size === 'number' ? size : 1));
}
