/** Two designs side by side in a few lines: what only one of them has does not fill the screen. */
import { describe, expect, it } from 'vitest';
import { foldDifferences } from '../../../../electron/cli/display/foldDifferences';

describe('differences between runs', () => {
  it('are told one by one where both have the setting', () => {
    const differences = [
      { path: 'training.epochs', values: [3, 5] },
      { path: 'design.nodes.conv1.params.filters', values: [16, 32] },
    ];
    expect(foldDifferences(differences)).toEqual([
      { title: 'training.epochs', values: ['3', '5'] },
      { title: 'conv1.filters', values: ['16', '32'] },
    ]);
  });

  it('are one line for a node that a run lacks, and one for all wires', () => {
    const differences = [
      { path: 'design.nodes.drop.layer', values: ['Dropout', undefined] },
      { path: 'design.nodes.drop.params.rate', values: [0.3, undefined] },
      { path: 'design.wires.a → drop', values: [true, undefined] },
      { path: 'design.wires.drop → b', values: [true, undefined] },
      { path: 'design.wires.a → b', values: [undefined, true] },
    ];
    expect(foldDifferences(differences)).toEqual([
      { title: 'drop', values: ['Dropout rate 0.3', '–'] },
      { title: 'wires only here', values: ['2', '1'] },
    ]);
  });
});
