/** What training needs: an Output with a loss, targets and inputs that fit the data, settings that exist. */
import type { DataInfo } from '../ir/dataSetDefinition';
import type { Library } from '../ir/library';
import type { Feed, Head, LayerInstance, TrainingPlan } from '../ir/program';
import type { Design } from '../design/schema';
import { problem, type Problem } from '../messages';
import { nearNames } from '../messages/nearNames';
import { checkActivations } from './checkActivations';
import { checkIndices } from './checkIndices';
import { countCost } from './countCost';
import type { Finding } from './finding';
import type { InferredFunction } from './inferred';
import { mainFunction } from './lowered';
import type { Memo } from './memo';
import { offerRepairs } from './offerRepairs';
import { pairFields } from './pairFields';
import { inputLayer, outputLayer } from './ports';
import { readData, readTraining, type PlanBase } from './readTraining';
import { resolveHeads, type ReportAt } from './resolveHeads';

export interface CheckedTraining {
  feeds: readonly Feed[];
  heads: readonly Head[];
  /** Null where the configuration has errors. */
  plan: TrainingPlan | null;
  findings: Finding[];
}

export function checkTraining(
  design: Design,
  main: InferredFunction,
  library: Library,
  data: DataInfo | undefined,
  memo: Memo,
): CheckedTraining {
  const findings: Finding[] = [];
  const settings: Problem[] = [];
  const report: ReportAt = (node, one, target = null) => {
    findings.push({ function: mainFunction, node, path: node, problem: offerRepairs(one, node, main, target) });
  };
  const base = readTraining(design, library, settings);
  const info = readData(design, library, data, settings);
  const outputs = layersOf(main, outputLayer);
  const { feeds, targets } = pairFields(layersOf(main, inputLayer), outputs, info, report);
  const heads = resolveHeads(outputs, targets, library, report);
  checkActivations(heads, main, report);
  findings.push(...checkIndices(main, feeds, info));
  const drawn = main.bound.nodes.filter(({ kind, node }) => kind === 'layer' && node.layer === outputLayer);
  if (drawn.length === 0) settings.push(noOutput(main));
  else if (main.instance && countCost(main.instance, memo).trainable === 0)
    settings.push(problem('nothingToTrain', {}));
  const plan = base && withMonitor(base, heads, drawn.length, settings);
  findings.push(...settings.map((one) => ({ function: mainFunction, node: null, problem: one })));
  return { feeds, heads, plan, findings };
}

function layersOf(main: InferredFunction, layer: string): LayerInstance[] {
  const found: LayerInstance[] = [];
  for (const { instance } of main.nodes)
    if (instance?.kind === 'layer' && instance.definition.type === layer) found.push(instance);
  return found;
}

function noOutput(main: InferredFunction): Problem {
  const used = new Set(main.bound.nodes.flatMap(({ node }) => Object.values(node.inputs).map((ref) => ref.node)));
  const loose = main.nodes.filter(({ instance }) => instance && !used.has(instance.id));
  const [last] = loose.slice(-1);
  const repairs = last
    ? [
        {
          title: `Add an Output after ${last.bound.node.name}`,
          actions: [{ action: 'addNode' as const, layer: outputLayer, params: {}, after: last.bound.node.id }],
        },
      ]
    : [];
  return problem('noOutput', {}, { repairs });
}

/** With errors in an Output its measures are not known, so the monitor is judged only when all of them are. */
function withMonitor(
  base: PlanBase,
  heads: readonly Head[],
  outputs: number,
  problems: Problem[],
): TrainingPlan | null {
  const directions = measureDirections(heads);
  const direction = directions.get(base.monitor);
  const first = `${heads[0]?.name ?? ''}/${base.monitor}`;
  if (direction) return { ...base, monitorDirection: direction };
  if (directions.has(first)) return { ...base, monitor: first, monitorDirection: directions.get(first) ?? 'down' };
  if (heads.length < outputs || outputs === 0) return null;
  const known = [...directions.keys()];
  const near = nearNames(
    base.monitor,
    known.map((name) => ({ name })),
  );
  const repairs = [...new Set([...near, 'loss'])].map((value) => ({
    title: `Monitor ${value}`,
    actions: [{ action: 'setTraining' as const, path: 'monitor', value }],
  }));
  const args = { monitor: base.monitor, known, near };
  problems.push(problem('unknownMonitor', args, { param: 'training.monitor', repairs }));
  return null;
}

/** The validation measures by name: plain with one head, "head/accuracy" with several; a second of a kind is numbered. */
function measureDirections(heads: readonly Head[]): Map<string, 'up' | 'down'> {
  const directions = new Map<string, 'up' | 'down'>([['loss', 'down']]);
  for (const head of heads) {
    const prefix = heads.length > 1 ? `${head.name}/` : '';
    directions.set(`${prefix}loss`, 'down');
    const seen = new Map<string, number>();
    for (const { definition } of head.metrics) {
      const count = (seen.get(definition.type) ?? 0) + 1;
      seen.set(definition.type, count);
      directions.set(`${prefix}${definition.type}${count > 1 ? count : ''}`, definition.direction);
    }
  }
  return directions;
}
