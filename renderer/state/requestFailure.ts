/** A request that the main process did not answer: its message is a sentence in the user's language. */
import type { Failure } from '../../shared/ipc/define';
import { failureText } from '../i18n/failureText';
import type { Language } from '../i18n/language';

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  constructor(
    readonly failure: Failure,
    language: Language,
  ) {
    super(failureText(failure, language));
  }
}
