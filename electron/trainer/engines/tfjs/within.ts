/** A scope that frees every tensor made in it, for work whose result holds no tensors. */
import type { TensorLibrary } from './backend';

export function within<Result>(core: TensorLibrary, work: () => Result): Result {
  let result: { value: Result } | null = null;
  core.tidy(() => {
    result = { value: work() };
  });
  return (result as unknown as { value: Result }).value;
}
