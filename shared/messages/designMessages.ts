/** What can be wrong with a design file before its graph is looked at. */
import { errorMessage } from './define';
import { didYouMean } from './nearNames';

export const designMessages = {
  designNotJson: errorMessage(
    (a: { file: string; detail: string }) =>
      `${a.file} is not JSON: ${a.detail}. Open it in a text editor and mend that place, or restore an earlier version.`,
  ),
  designVersionUnknown: errorMessage(
    (a: { file: string; version: string; newest: number }) =>
      `${a.file} has format version ${a.version}; this Netloom reads ${a.newest === 1 ? 'version 1' : `versions 1 to ${a.newest}`}. Update Netloom, or save the design with an older one.`,
  ),
  designInvalid: errorMessage(
    (a: { file: string; place: string; detail: string }) =>
      `${a.file}: ${a.place}: ${a.detail}. Correct this entry of the file.`,
  ),
  settingUnreadable: errorMessage(
    (a: { text: string }) =>
      `Expected a setting as path=value, such as training.epochs=5; received ${JSON.stringify(a.text)}.`,
  ),
  settingUnknown: errorMessage(
    (a: { path: string; near: string[]; known: string[] }) =>
      `There is no setting "${a.path}".${didYouMean(a.near)} Settings: ${a.known.join(', ')}.`,
  ),
  settingInvalid: errorMessage(
    (a: { path: string; detail: string }) => `The setting ${a.path} does not fit: ${a.detail}.`,
  ),
  clipboardUnreadable: errorMessage(() => 'What was copied is not part of a Netloom design, so it cannot be pasted.'),
};
