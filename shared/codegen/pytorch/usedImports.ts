/** Which modules a piece of PyTorch code names. */

const candidates: readonly (readonly [RegExp, string])[] = [
  [/\bOrderedDict\(/, 'from collections import OrderedDict'],
  [/\btorch\.\w/, 'import torch'],
  [/\bTensor\b/, 'from torch import Tensor'],
  [/\bnn\.\w/, 'from torch import nn'],
  [/\blr_scheduler\.\w/, 'from torch.optim import lr_scheduler'],
  [/\bF\.\w/, 'from torch.nn import functional as F'],
];

/** `code` has no docstrings of the drawing, whose words could be anything. */
export function usedImports(code: string, others: readonly string[]): string[] {
  return [...others, ...candidates.flatMap(([pattern, line]) => (pattern.test(code) ? [line] : []))];
}
