/** Counts the bytes of a backend's live buffers: not tensors, of which several may share one buffer. */
import type { Ops } from '../../../shared/ir/layerDefinition';
import { elementsOf } from './exampleCase';

/** The doors through which every buffer of a tfjs backend comes and goes. */
interface Store {
  write: (values: unknown, shape: number[], dtype: string) => object;
  move: (id: object, values: unknown, shape: number[], dtype: string, references: number) => void;
  disposeData: (id: object, force?: boolean) => boolean;
}

/** Starts counting on the current backend; the result says how many bytes have come and not gone. */
export function countLiveBytes(ops: Ops): () => number {
  const store = ops.backend() as unknown as Store;
  const original = { write: store.write, move: store.move, disposeData: store.disposeData };
  const sizes = new Map<object, number>();
  store.write = (values, shape, dtype) => {
    const id = original.write.call(store, values, shape, dtype);
    sizes.set(id, 4 * elementsOf(shape));
    return id;
  };
  store.move = (id, values, shape, dtype, references) => {
    original.move.call(store, id, values, shape, dtype, references);
    sizes.set(id, 4 * elementsOf(shape));
  };
  store.disposeData = (id, force) => {
    const gone = original.disposeData.call(store, id, force);
    if (gone) sizes.delete(id);
    return gone;
  };
  return () => [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}
