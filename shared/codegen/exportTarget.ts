/** What every target of export gives the services: one pure writer, and how the folder around it is kept and run. */
import type { Target } from '../ir/emit/emission';
import type { Values } from '../ir/emit/transform';
import type { CheckedProgram } from '../ir/program';
import type { ExportedModel, Obstacle } from './exportedModel';

export interface ExportRequest {
  readonly program: CheckedProgram;
  /** What the export was made from, for docstrings and metadata: the file's name, and the SHA-256 of its content. */
  readonly source: { readonly file: string; readonly hash: string };
  /** Of our weights and statistics. Only a target that keeps them inside of its model asks. */
  readonly values: (group: string, name: string) => Values;
  /** Text alone is wanted: `values` gives shapes without data, and there are no binaries. */
  readonly preview?: boolean;
  /** ONNX alone. */
  readonly opset: number;
  /** Netloom's, for the producer that ONNX names. */
  readonly version: string;
}

/**
 * All of a folder but what the service adds: README.md, netloom.json, the weights' file and `data/<part>_<field>.npy`.
 * `files` has the requirements too (requirements.txt, package.json).
 */
export interface ExportFolder extends ExportedModel {
  /** Files that are no text, by their path: model.onnx. */
  readonly binaries?: ReadonlyMap<string, Uint8Array>;
}

export type Exported = { readonly folder: ExportFolder } | { readonly obstacles: readonly Obstacle[] };

export interface ExportTarget {
  readonly target: Target;
  /** As people call it: "PyTorch". */
  readonly title: string;
  /** `inside`: the model's file holds them. */
  readonly weights:
    | { readonly format: 'safetensors' | 'npz'; readonly file: string }
    /** A JSON file that lists the tensors, and one of raw little-endian values. */
    | { readonly format: 'tfjs'; readonly file: string; readonly values: string }
    | { readonly format: 'inside' };
  /** Whether the folder has a script that trains, and so needs the training data; else only what evaluates. */
  readonly trains: boolean;
  /** Commands that install what is needed and run the script, for the README. */
  readonly commands: readonly string[];
  readonly write: (request: ExportRequest) => Exported;
}
