/** An ONNX model as plain data: what the builder makes, what is encoded to bytes and what is listed for readers. */
import type { DataType } from '../../ir/tensorType';

export type OnnxType = DataType | 'int64';

/** A named value with its type; a string among the sizes is a symbol, such as "batch". */
export interface OnnxPort {
  readonly name: string;
  readonly dtype: OnnxType;
  readonly dims: readonly (number | string)[];
}

export type OnnxData = Float32Array | readonly number[];

/** A constant or a weight, row-major. Without data it can be listed, but not encoded. */
export interface OnnxTensor {
  readonly name: string;
  readonly dtype: OnnxType;
  readonly dims: readonly number[];
  readonly data: OnnxData;
  readonly origin: OnnxOrigin | null;
}

/** Numbers are whole; what is real stands as `{float}`. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/** The node of the drawing that something came from: its path of ids, and its label. */
export interface OnnxOrigin {
  readonly path: string;
  readonly name: string;
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  /** An empty name leaves out an input that may be left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  readonly origin: OnnxOrigin | null;
}

export interface OnnxHeader {
  /** Becomes the graph's name. */
  readonly name: string;
  readonly opset: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly documentation: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface OnnxModel extends OnnxHeader {
  readonly irVersion: number;
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** Types of values between them, for readers and for shape inference to agree with. */
  readonly values: readonly OnnxPort[];
  readonly initialisers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}
