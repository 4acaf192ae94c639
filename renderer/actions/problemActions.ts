/** Going from problem to problem, and repairing, by keys. */
import type { Diagnostic } from '../../shared/messages';
import type { Studio } from '../state/studio';
import { titled, type Action } from './action';
import { applyRepair, goToProblem, problemNode } from './problemCommands';
import { problemStrings as words } from './problemStrings';

function step(studio: Studio, by: 1 | -1): void {
  const { diagnostics } = studio.derived.getState().compiled;
  const [selected] = studio.view.getState().selection;
  const at = diagnostics.findIndex((one) => problemNode(one) === (selected ?? null));
  const start = at < 0 && by < 0 ? 0 : at;
  // Several problems of one node are one stop.
  for (let moved = 1; moved <= diagnostics.length; moved += 1) {
    const next = diagnostics[(start + by * moved + 2 * diagnostics.length) % diagnostics.length];
    if (!next || problemNode(next) === (selected ?? null)) continue;
    goToProblem(studio, next);
    break;
  }
  studio.view.getState().showDock('problems');
}

function repairable(studio: Studio): Diagnostic | undefined {
  const { selection } = studio.view.getState();
  const { diagnostics } = studio.derived.getState().compiled;
  const here = diagnostics.filter((one) => {
    const node = problemNode(one);
    return one.repairs.length > 0 && (node === null ? selection.size === 0 : selection.has(node));
  });
  return here[0];
}

const any = ({ derived }: Studio): boolean => derived.getState().compiled.diagnostics.length > 0;

export const problemActions: readonly Action[] = [
  {
    id: 'problems.next',
    title: titled(words, ({ next }) => next),
    menu: 'view',
    group: 'problems',
    shortcuts: ['F8'],
    enabled: any,
    run: (studio) => step(studio, 1),
  },
  {
    id: 'problems.previous',
    title: titled(words, ({ previous }) => previous),
    menu: 'view',
    group: 'problems',
    shortcuts: ['Shift+F8'],
    enabled: any,
    run: (studio) => step(studio, -1),
  },
  {
    id: 'problems.repair',
    title: titled(words, ({ repairFirst }) => repairFirst),
    menu: 'edit',
    group: 'problems',
    shortcuts: ['Alt+Enter'],
    enabled: (studio) => repairable(studio) !== undefined,
    run: (studio) => {
      const diagnostic = repairable(studio);
      const [repair] = diagnostic?.repairs ?? [];
      if (diagnostic && repair) applyRepair(studio, diagnostic, repair);
    },
  },
];
