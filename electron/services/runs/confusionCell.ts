/** Which samples fell into a cell of the confusion matrix, by what a network decided on every sample of a part. */
import { FileProblem } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { readSafetensors } from '../../files/safetensors';

export interface Cell {
  head: string;
  actual: number;
  predicted: number;
}

/** `file` holds `decided/<head>` and `truth/<head>`, [samples, decisions a sample]. Positions in the part, ascending. */
export function confusionCell(file: string, { head, actual, predicted }: Cell): number[] {
  const { tensors } = readSafetensors(diskFiles, file);
  const decided = tensors.get(`decided/${head}`);
  const truth = tensors.get(`truth/${head}`);
  if (!decided || !truth) throw new FileProblem('damaged', file, `${file} knows no decisions of the output "${head}".`);
  const [samples = 0, width = 1] = decided.shape;
  const found: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    for (let at = sample * width; at < (sample + 1) * width; at += 1) {
      if (truth.data[at] !== actual || decided.data[at] !== predicted) continue;
      found.push(sample);
      break;
    }
  }
  return found;
}
