/** An ONNX model in ONNX's own text syntax, each line knowing the node of the drawing that it came from. */
import { linesOf, type SourceLine } from '../sourceFile';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxOrigin, OnnxPort, OnnxTensor, OnnxType } from './model';
import { asIdentifier } from './valueNames';

const typeNames: Record<OnnxType, string> = { float32: 'float', int32: 'int32', int64: 'int64', bool: 'bool' };

/** Constants of more values than these are named by their type alone. */
const mostShown = 8;

export function describeModel(model: OnnxModel): SourceLine[] {
  const ports = (values: readonly OnnxPort[]): string => values.map(portText).join(', ');
  return [
    ...linesOf([
      '<',
      `  ir_version: ${model.irVersion},`,
      `  opset_import: ["" : ${model.opset}],`,
      `  producer_name: ${quoted(model.producer.name)},`,
      `  producer_version: ${quoted(model.producer.version)}`,
      '>',
      `${asIdentifier(model.name) || 'model'} (${ports(model.inputs)}) => (${ports(model.outputs)})`,
    ]),
    ...initialiserLines(model.initialisers),
    ...linesOf(['{']),
    ...model.nodes.flatMap((node) => linesOf([`  ${nodeText(node)}`], pathsOf(node.origin))),
    ...linesOf(['}']),
  ];
}

function pathsOf(origin: OnnxOrigin | null): string[] {
  return origin ? [origin.path] : [];
}

function initialiserLines(tensors: readonly OnnxTensor[]): SourceLine[] {
  if (tensors.length === 0) return [];
  const comma = (at: number): string => (at < tensors.length - 1 ? ',' : '');
  const lines = tensors.flatMap((tensor, at) =>
    linesOf([`  ${tensorText(tensor)}${comma(at)}`], pathsOf(tensor.origin)),
  );
  return [...linesOf(['<']), ...lines, ...linesOf(['>'])];
}

function portText({ name, dtype, dims }: OnnxPort): string {
  const shape = dims.length === 0 ? '' : `[${dims.join(',')}]`;
  return `${typeNames[dtype]}${shape} ${name}`;
}

function tensorText(tensor: OnnxTensor): string {
  const { dtype, dims, data } = tensor;
  const elements = dims.reduce((product, size) => product * size, 1);
  if (elements > mostShown || data.length < elements) return portText(tensor);
  const values = [...data].map((value) => (dtype === 'float32' ? realText(value) : String(value)));
  return `${portText(tensor)} = {${values.join(', ')}}`;
}

function nodeText({ operator, inputs, outputs, attributes }: OnnxNode): string {
  const given = Object.entries(attributes).map(([name, value]) => `${name} = ${attributeText(value)}`);
  const list = given.length > 0 ? ` <${given.join(', ')}>` : '';
  return `${outputs.join(', ')} = ${operator}${list} (${inputs.join(', ')})`;
}

function attributeText(value: OnnxAttribute): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  return 'float' in value ? realText(value.float) : `[${value.join(', ')}]`;
}

/** With a point or an exponent, so that it is read as a real number; as few digits as float32 needs. */
function realText(value: number): string {
  const short = [6, 7, 8, 9].map((digits) => Number(value.toPrecision(digits)));
  const text = String(short.find((candidate) => Math.fround(candidate) === Math.fround(value)) ?? value);
  return /[.e]|Infinity|NaN/.test(text) ? text : `${text}.0`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
