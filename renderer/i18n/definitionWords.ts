/** What layers, losses, metrics, optimizers, schedules and data sets are called, and their help, in the user's language. */
import type { LayerGroup } from '../../shared/ir/layerDefinition';
import type { ParamSchema } from '../../shared/ir/params';
import { dataSetsZh } from './dataSetsZh';
import type { DefinitionsZh, DefinitionZh } from './definitionZh';
import type { Language } from './language';
import { layersZh } from './layersZh';
import { lossesZh, metricsZh, optimizersZh, schedulesZh } from './trainingZh';

export type DefinitionKind = 'layers' | 'losses' | 'metrics' | 'optimizers' | 'schedules' | 'dataSets';

export const definitionsZh: Readonly<Record<DefinitionKind, DefinitionsZh>> = {
  layers: layersZh,
  losses: lossesZh,
  metrics: metricsZh,
  optimizers: optimizersZh,
  schedules: schedulesZh,
  dataSets: dataSetsZh,
};

interface Definition {
  type: string;
  title: string;
  summary: string;
  params: ParamSchema;
}

function chinese(kind: DefinitionKind, type: string, language: Language): DefinitionZh | undefined {
  const table = definitionsZh[kind];
  return language === 'zh-CN' && Object.prototype.hasOwnProperty.call(table, type) ? table[type] : undefined;
}

export function definitionWords(
  kind: DefinitionKind,
  definition: Definition,
  language: Language,
): { title: string; summary: string } {
  const { title, summary } = chinese(kind, definition.type, language) ?? definition;
  return { title, summary };
}

export function paramHelp(kind: DefinitionKind, definition: Definition, name: string, language: Language): string {
  const schema = Object.prototype.hasOwnProperty.call(definition.params, name) ? definition.params[name] : undefined;
  return chinese(kind, definition.type, language)?.params?.[name] ?? schema?.help ?? '';
}

export function portHelp(layer: string, port: string, english: string | undefined, language: Language): string {
  return chinese('layers', layer, language)?.ports?.[port] ?? english ?? '';
}

const groups: Readonly<Record<LayerGroup, readonly [en: string, zh: string]>> = {
  'input and output': ['Input and output', '输入与输出'],
  convolution: ['Convolution', '卷积'],
  dense: ['Dense', '全连接'],
  normalisation: ['Normalisation', '归一化'],
  activation: ['Activation', '激活'],
  pooling: ['Pooling', '池化'],
  shape: ['Shape', '形状'],
  regularisation: ['Regularisation', '正则化'],
  merge: ['Merge', '合并'],
  sequence: ['Sequence', '序列'],
};

export function groupTitle(group: LayerGroup, language: Language): string {
  return groups[group][language === 'zh-CN' ? 1 : 0];
}
