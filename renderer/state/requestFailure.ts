/** A request that the main process did not answer: its message is a sentence for the user. */
import type { Failure } from '../../shared/ipc/define';

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}
