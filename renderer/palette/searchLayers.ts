/** Finds layers by what users of either framework call them: prefix, part of a name, or letters in their order. */
import type { LayerDefinition } from '../../shared/ir/layerDefinition';
import { layersZh } from '../i18n/layersZh';

/** Best first; equally good ones keep their order. */
export function searchLayers(layers: readonly LayerDefinition[], text: string): LayerDefinition[] {
  const wanted = plain(text);
  if (wanted === '') return [...layers];
  return layers
    .map((layer) => ({ layer, score: Math.max(...spellings(layer).map((spelling) => scoreOf(spelling, wanted))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ layer }) => layer);
}

/** A name is found in both languages, whichever is spoken. */
function spellings({ type, title, aliases }: LayerDefinition): string[] {
  return [type, title, ...aliases, layersZh[type]?.title ?? ''].map(plain).filter((spelling) => spelling !== '');
}

/** "Max-pool 2D" is looked for as "maxpool2d". */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_.-]+/gu, '');
}

/** 0: not found. Equal beats a prefix, a prefix a part, a part letters in order; short names beat long ones. */
function scoreOf(spelling: string, wanted: string): number {
  const brevity = wanted.length / spelling.length;
  if (spelling === wanted) return 4;
  if (spelling.startsWith(wanted)) return 3 + brevity / 2;
  if (spelling.includes(wanted)) return 2 + brevity / 2;
  return wanted.length >= 2 && inOrder(spelling, wanted) ? 1 + brevity / 2 : 0;
}

/** "bnm" is in "batchnorm". The first letter has to be the first: else nearly everything is found. */
function inOrder(spelling: string, wanted: string): boolean {
  if (spelling.charAt(0) !== wanted.charAt(0)) return false;
  let at = 0;
  for (const letter of spelling) if (letter === wanted.charAt(at)) at += 1;
  return at === wanted.length;
}

export interface PaletteGroup {
  /** `recent`: those used last, whatever their group. */
  id: LayerDefinition['group'] | 'recent';
  layers: readonly LayerDefinition[];
}

/** In the order of the library; the newest layers first of all. */
export function groupLayers(layers: readonly LayerDefinition[], recent: readonly string[]): PaletteGroup[] {
  const groups = new Map<LayerDefinition['group'], LayerDefinition[]>();
  for (const layer of layers) groups.set(layer.group, [...(groups.get(layer.group) ?? []), layer]);
  const used = recent.flatMap((type) => layers.find((layer) => layer.type === type) ?? []).slice(0, 5);
  const listed = [...groups].map(([id, members]): PaletteGroup => ({ id, layers: members }));
  return used.length > 0 ? [{ id: 'recent', layers: used }, ...listed] : listed;
}
