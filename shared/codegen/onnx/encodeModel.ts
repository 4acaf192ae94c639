/** An ONNX model as the bytes of a file, by the official schema. Equal models give equal bytes. */
import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { problem, type Problem } from '../../messages';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxOrigin, OnnxPort, OnnxTensor, OnnxType } from './model';
import { kindOf } from './operators';
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  TensorProto_DataType,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from './schema/onnx_pb';
import { byteCount, tensorBytes } from './tensorBytes';

/** What protobuf can hold in one message. */
const mostBytes = 2 ** 31 - 1;

const dataTypes: Record<OnnxType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

export function encodeModel(model: OnnxModel): Uint8Array | Problem {
  const weights = model.initialisers.reduce((sum, tensor) => sum + byteCount(tensor), 0);
  if (weights > mostBytes) return problem('onnxTooLarge', { bytes: weights });
  const graph = {
    name: model.name,
    node: model.nodes.map(nodeProto),
    initializer: model.initialisers.map(tensorProto),
    input: model.inputs.map(portProto),
    output: model.outputs.map(portProto),
    valueInfo: model.values.map(portProto),
  };
  const proto = create(ModelProtoSchema, {
    irVersion: BigInt(model.irVersion),
    opsetImport: [{ domain: '', version: BigInt(model.opset) }],
    producerName: model.producer.name,
    producerVersion: model.producer.version,
    docString: wellFormed(model.documentation),
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value: wellFormed(value) })),
    graph: { ...graph, name: wellFormed(model.name) },
  });
  const bytes = toBinary(ModelProtoSchema, proto);
  return bytes.length > mostBytes ? problem('onnxTooLarge', { bytes: bytes.length }) : bytes;
}

/** "stem (stage/conv1)": the label and the path of ids. */
export function originText({ path, name }: OnnxOrigin): string {
  return name === path ? path : `${name} (${path})`;
}

function nodeProto({
  name,
  operator,
  inputs,
  outputs,
  attributes,
  origin,
}: OnnxNode): MessageInitShape<typeof NodeProtoSchema> {
  return {
    name,
    opType: operator,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([key, value]) => attributeProto(key, value)),
    ...(origin ? { docString: wellFormed(originText(origin)) } : {}),
  };
}

function attributeProto(name: string, value: OnnxAttribute): MessageInitShape<typeof AttributeProtoSchema> {
  switch (kindOf(value)) {
    case 'int':
      return { name, type: AttributeProto_AttributeType.INT, i: BigInt(value as number) };
    case 'float':
      return { name, type: AttributeProto_AttributeType.FLOAT, f: (value as { float: number }).float };
    case 'ints':
      return { name, type: AttributeProto_AttributeType.INTS, ints: (value as readonly number[]).map(BigInt) };
    case 'string':
      return { name, type: AttributeProto_AttributeType.STRING, s: asciiBytes(value as string) };
  }
}

function tensorProto(tensor: OnnxTensor): MessageInitShape<typeof TensorProtoSchema> {
  const { name, dtype, dims, origin } = tensor;
  return {
    name,
    dataType: dataTypes[dtype],
    dims: dims.map(BigInt),
    rawData: tensorBytes(tensor),
    ...(origin ? { docString: wellFormed(originText(origin)) } : {}),
  };
}

function portProto({ name, dtype, dims }: OnnxPort): MessageInitShape<typeof ValueInfoProtoSchema> {
  const sizes = dims.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  const tensor = { elemType: dataTypes[dtype], shape: { dim: sizes } };
  return { name, type: { value: { case: 'tensorType', value: tensor } } };
}

/** The texts of attributes are words of ONNX. */
function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Halves of characters, which a text of a design may hold but UTF-8 cannot, become the sign for "unknown". */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
