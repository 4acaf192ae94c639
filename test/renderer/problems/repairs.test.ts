/** The buttons of the problems panel: each repair that is offered is one undo step, and does what it says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRepair, goToProblem } from '../../../renderer/actions/problemCommands';
import { createDocumentStore } from '../../../renderer/state/documentStore';
import { createDerivedStore } from '../../../renderer/state/derivedStore';
import { createViewStore } from '../../../renderer/state/viewStore';
import type { Studio } from '../../../renderer/state/studio';
import { parseDesign } from '../../../shared/design/parseDesign';
import type { Design } from '../../../shared/design/schema';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { Diagnostic } from '../../../shared/messages';
import { breakDesign } from '../../generators/breakDesign';
import { choicesFrom, numberList } from '../../generators/choices';
import { drawDesign } from '../../generators/randomDesign';

function studioOf(design: Design, data: DataInfo | null): Studio {
  const document = createDocumentStore();
  const derived = createDerivedStore(document, (work) => work());
  const view = createViewStore();
  document
    .getState()
    .load({ key: 'k', design: {}, file: null, origin: 'new', unsaved: false, recovered: null }, design);
  derived.getState().setData(data);
  return { document, derived, view, language: () => 'en' } as Partial<Studio> as Studio;
}

function diagnosticsOf({ derived }: Studio): readonly Diagnostic[] {
  derived.getState().flush();
  return derived.getState().compiled.diagnostics;
}

function said({ code, node, param, port, message }: Diagnostic): string {
  return JSON.stringify([code, node, param, port, message]);
}

describe('a repair', () => {
  it('is one undo step, leaves a design that can be saved, and takes its diagnostic away', () => {
    const offered = new Set<string>();
    fc.assert(
      fc.property(numberList(), (numbers) => {
        const choices = choicesFrom(numbers);
        const { design, data } = drawDesign(choices);
        const { design: broken, damage } = breakDesign(choices, design);
        const studio = studioOf(broken, data);
        const whole = serialiseDesign(broken);
        // Some damage no file can carry.
        fc.pre('design' in parseDesign(whole, 'broken'));
        const diagnostics = diagnosticsOf(studio);
        // Of two nodes with one id a repair mends one: the sentence of the ids says so first.
        fc.pre(!diagnostics.some(({ code }) => code === 'duplicateId'));
        for (const diagnostic of diagnostics) {
          for (const repair of diagnostic.repairs) {
            offered.add(diagnostic.code);
            applyRepair(studio, diagnostic, repair);
            const { design: repaired, past } = studio.document.getState();
            expect(past).toHaveLength(1);
            expect(past[0]?.label).toBe(`Repair: ${repair.title}`);
            expect(parseDesign(serialiseDesign(repaired), 'repaired')).toHaveProperty('design');
            expect(diagnosticsOf(studio).map(said), damage + repair.title).not.toContain(said(diagnostic));
            studio.document.getState().undo();
            expect(serialiseDesign(studio.document.getState().design)).toBe(whole);
            expect(studio.document.getState().design).toEqual(broken);
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(offered.size).toBeGreaterThan(8);
  });
});

describe('a click on a problem', () => {
  it('selects its node and brings it to the middle; one inside a block selects the call', () => {
    const studio = studioOf(drawDesign(choicesFrom([1])).design, null);
    const revealed: string[] = [];
    studio.view.getState().set({ canvas: { reveal: (id: string) => revealed.push(id) } as never });
    goToProblem(studio, { node: 'stage/2/conv' } as Diagnostic);
    expect([...studio.view.getState().selection]).toEqual(['stage']);
    expect(revealed).toEqual(['stage']);
    goToProblem(studio, { node: null } as Diagnostic);
    expect(studio.view.getState().selection.size).toBe(0);
  });
});
