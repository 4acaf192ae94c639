/** The fields of one node, or of several of one kind: from the definition, the file's values, and what the compiler says. */
import type { Design, DesignNode } from '../../shared/design/schema';
import type { Param, ParamSchema } from '../../shared/ir/params';
import { library } from '../../shared/library';
import type { Diagnostic } from '../../shared/messages';
import type { Json } from '../../shared/messages/define';
import { diagnosticText } from '../i18n/diagnosticText';
import { definitionWords, paramHelp } from '../i18n/definitionWords';
import type { Language } from '../i18n/language';
import { paramLabel } from '../i18n/paramLabels';
import type { FieldControl } from './form/control';
import { entryOf, paramEdit } from './paramEdits';
import type { Edits } from './useEdits';

export interface ControlContext {
  nodes: readonly DesignNode[];
  problems: readonly Diagnostic[];
  language: Language;
  edits: Edits;
  /** The undo step's name. */
  stepName: (label: string) => string;
  /** What is reported where an Output names no metrics. */
  usualMetrics: (titles: string) => string;
}

/** A value of any kind: a block's own parameters say only their defaults. */
function anyParam(fallback: Json, help: string): Param<unknown> {
  const kind = typeof fallback === 'number' ? 'number' : Array.isArray(fallback) ? 'integerList' : 'text';
  return { kind, default: fallback, help, accepts: '', form: {}, parse: (value) => ({ value }) };
}

/** What the nodes have in common to be set: their layer's parameters, or their block's and how often it stands in a row. */
export function schemaOf(node: DesignNode, blocks: Design['blocks'], timesHelp: string): ParamSchema {
  if (node.block === undefined) return library.layers.get(node.layer)?.params ?? {};
  const own = Object.entries(blocks[node.block]?.params ?? {}).map(
    ([name, fallback]) => [name, anyParam(fallback, '')] as const,
  );
  const times = node.times === undefined ? [] : [['times', anyParam(1, timesHelp)] as const];
  return Object.fromEntries([...own, ...times]);
}

export function nodeControls(schema: ParamSchema, context: ControlContext): FieldControl[] {
  const { nodes, problems, language, edits, stepName } = context;
  const ids = new Set(nodes.map(({ id }) => id));
  const definition = nodes[0]?.layer === undefined ? undefined : library.layers.get(nodes[0].layer);
  return Object.entries(schema).map(([name, param]): FieldControl => {
    const values = nodes.map((node) => valueOf(node, name));
    const texts = new Set(values.map((value) => JSON.stringify(value) ?? ''));
    const label = paramLabel(name, language);
    const step = stepName(label);
    return {
      name,
      label,
      help: definition ? paramHelp('layers', definition, name, language) : param.help,
      param,
      value: values[0],
      mixed: texts.size > 1,
      ...(name === 'metrics' && nodes[0] && { emptyHint: usualMetrics(nodes[0], context) }),
      problems: [...new Set(problems.filter((one) => one.param === name).map((one) => diagnosticText(one, language)))],
      change: (value) =>
        edits.apply(step, (design) => paramEdit(design, ids, name, value, param), `${[...ids].join()} ${name}`),
      begin: () => edits.begin(step),
      commit: edits.commit,
      cancel: edits.cancel,
    };
  });
}

/** The metrics that the loss of an Output brings along. */
function usualMetrics(node: DesignNode, { language, usualMetrics: said }: ControlContext): string | undefined {
  const loss = library.losses.get(entryOf(node.params['loss'] ?? 'crossEntropy')?.type ?? '');
  const titles = loss?.defaultMetrics.map((type) => {
    const metric = library.metrics.get(type);
    return metric ? definitionWords('metrics', metric, language).title : type;
  });
  return titles && said(titles.join(', '));
}

function valueOf(node: DesignNode, name: string): Json | undefined {
  if (name === 'times' && node.block !== undefined) return node.times;
  return Object.prototype.hasOwnProperty.call(node.params, name) ? node.params[name] : undefined;
}

/** What is wrong with a node beside its parameters, and parameters that its definition does not know. */
export function otherProblems(
  problems: readonly Diagnostic[],
  schema: ParamSchema,
  language: Language,
): { text: string; diagnostic: Diagnostic }[] {
  return problems
    .filter(({ param }) => param === null || !Object.prototype.hasOwnProperty.call(schema, param))
    .map((diagnostic) => ({ text: diagnosticText(diagnostic, language), diagnostic }));
}
