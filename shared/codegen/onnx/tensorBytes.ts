/** The bytes of a tensor as ONNX keeps them: little-endian, row-major. */
import type { OnnxTensor, OnnxType } from './model';

const bytesPer: Record<OnnxType, number> = { float32: 4, int32: 4, int64: 8, bool: 1 };

export function byteCount({ dtype, data }: OnnxTensor): number {
  return bytesPer[dtype] * data.length;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Throws where the values are not as many as the sizes say. */
export function checkLength({ name, dims, data }: OnnxTensor): void {
  const elements = dims.reduce((product, size) => product * size, 1);
  if (elements !== data.length) throw new Error(`${name}: ${data.length} values for [${dims.join(', ')}]`);
}

export function tensorBytes(tensor: OnnxTensor): Uint8Array {
  checkLength(tensor);
  const { data, dtype } = tensor;
  if (littleEndian && dtype === 'float32' && data instanceof Float32Array)
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = new Uint8Array(byteCount(tensor));
  const view = new DataView(bytes.buffer);
  const write: Record<OnnxType, (at: number, value: number) => void> = {
    float32: (at, value) => view.setFloat32(at, value, true),
    int32: (at, value) => view.setInt32(at, value, true),
    int64: (at, value) => view.setBigInt64(at, BigInt(value), true),
    bool: (at, value) => view.setUint8(at, value === 0 ? 0 : 1),
  };
  const size = bytesPer[dtype];
  data.forEach((value, index) => write[dtype](index * size, value));
  return bytes;
}
