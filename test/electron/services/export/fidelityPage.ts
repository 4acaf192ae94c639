/** `docs/export-fidelity.md`: what was proved of every case on every target, and how near it came. */
import { targets, type Target } from '../../../../shared/ir/emit/emission';
import { exportTargets } from '../../../../shared/codegen/exportTargets';
import type { Check } from '../../../../electron/services/export/verifyChecks';
import type { FidelityCase } from './fidelityCases';
import type { CaseVerdict } from './verifyCases';

const titles: Record<FidelityCase['group'], string> = {
  layer: 'Examples of layers',
  'hard case': 'Hard cases of axes, orders and shared weights',
  design: 'Samples and golden designs',
};

const opening = `# How near exported code comes

Made by \`test/electron/services/export/fidelity.python.test.ts\` (\`npm run test:long\` holds it). Each
case was exported, run by its target's own library in a process of its own, and compared with the engine: names, shapes
and values of weights, outputs in evaluation, loss and gradients in training, what the optimizer makes of the same
gradient, running statistics, state of the optimizer, and the spread of first values. ONNX computes outputs alone.

A figure is the worst of all differences but those of first values, as a part of what is allowed (\`VERIFIED.json\` of an
export names the bounds): "< 1 %" is a hundredth of the bound or less. A dash: the target lacks the layer, as said below.
`;

export function fidelityPage(verdicts: ReadonlyMap<Target, readonly CaseVerdict[]>): string {
  const first = verdicts.get('pytorch') ?? [];
  const notes: string[] = [];
  const sections = (Object.keys(titles) as FidelityCase['group'][]).map((group) => {
    const rows = first.flatMap(({ group: own, name }, at) => {
      if (own !== group) return [];
      const cells = targets.map((target) => {
        const verdict = verdicts.get(target)?.[at];
        if (verdict?.obstacle) notes.push(`- ${name}, ${exportTargets[target].title}: ${verdict.obstacle}`);
        return verdict?.obstacle ? '—' : nearness(verdict?.verified.checks ?? []);
      });
      return [`| ${name.replace(/\|/g, '\\|')} | ${cells.join(' | ')} |`];
    });
    const heads = targets.map((target) => exportTargets[target].title);
    return [`## ${titles[group]}`, '', `| case | ${heads.join(' | ')} |`, '| --- |' + ' --- |'.repeat(4), ...rows].join(
      '\n',
    );
  });
  const lacking = notes.length > 0 ? [['## What targets lack', '', ...notes].join('\n')] : [];
  return `${[opening.trimEnd(), ...sections, ...lacking].join('\n\n')}\n`;
}

function nearness(checks: readonly Check[]): string {
  const ratios = checks.filter(({ kind }) => kind !== 'first values').map(({ worst }) => worst?.ratio ?? 0);
  const worst = Math.max(0, ...ratios);
  if (worst > 1) return 'differs';
  const steps = [0.01, 0.1, 1];
  return `< ${100 * (steps.find((step) => worst < step) ?? 1)} %`;
}
