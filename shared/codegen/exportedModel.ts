/** What an exporter gives: the files of the model with the origin of every line, and where each weight goes. */
import type { Layout } from '../ir/emit/emission';
import type { WeightTwin } from '../ir/emit/transform';
import type { TensorType } from '../ir/tensorType';
import type { SourceFile } from './sourceFile';

export interface ExportedWeight {
  /** The target's name of the tensor: "stage2.0.conv1.weight". */
  readonly name: string;
  /** The path of the layer of ours whose weights they are (see `flatten` in ir). */
  readonly group: string;
  readonly twin: WeightTwin;
}

export interface ExportedConstant {
  readonly name: string;
  readonly dtype: 'I64' | 'F32';
  readonly shape: readonly number[];
  readonly value: number;
}

/** An Input or Output of the drawing: `name` is the target's. */
export interface ExportedPort {
  readonly path: string;
  readonly name: string;
  readonly type: TensorType;
  readonly layout: Layout;
}

export interface ExportedModel {
  readonly files: readonly SourceFile[];
  readonly weights: readonly ExportedWeight[];
  readonly constants: readonly ExportedConstant[];
  readonly inputs: readonly ExportedPort[];
  readonly outputs: readonly ExportedPort[];
  /** The class or function that makes the model. */
  readonly maker: string;
}

/** A node that the target lacks. */
export interface Obstacle {
  readonly path: string;
  readonly name: string;
  readonly why: string;
  readonly instead: string;
}
