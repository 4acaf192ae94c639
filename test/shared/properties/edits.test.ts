// Every edit leaves the inverse that undoes it exactly, text of the file included.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit, type Edit } from '../../../shared/design/edits';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import { choicesFrom, numberList } from '../../generators/choices';
import { drawDesign } from '../../generators/randomDesign';
import { randomEdit } from '../../generators/randomEdit';

describe('random edits', () => {
  it('are undone one by one, and redone by the inverse of the inverse', () => {
    const kinds = new Set<string>();
    const property = fc.property(numberList(), numberList(), (drawing, editing) => {
      const choices = choicesFrom(editing);
      const start = drawDesign(choicesFrom(drawing)).design;
      const history = [start];
      const inverses: Edit[] = [];
      for (let step = 0; step < 12; step++) {
        const before = history[history.length - 1]!;
        const edit = randomEdit(choices, before);
        kinds.add(edit.edit);
        const frozen = serialiseDesign(before);
        const { design, inverse } = applyEdit(before, edit);
        expect(serialiseDesign(before)).toBe(frozen);
        const undone = applyEdit(design, inverse);
        expect(undone.design).toEqual(before);
        expect(applyEdit(undone.design, undone.inverse).design).toEqual(design);
        history.push(design);
        inverses.push(inverse);
      }
      let current = history[history.length - 1]!;
      for (const inverse of inverses.reverse()) current = applyEdit(current, inverse).design;
      expect(current).toEqual(start);
      expect(serialiseDesign(current)).toBe(serialiseDesign(start));
    });
    fc.assert(property, { numRuns: 150, seed: 5 });
    expect(kinds.size).toBe(12);
  });
});
