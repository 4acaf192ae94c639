/** What a run was made with as one flat list of settings, so that two runs can be compared setting by setting. */
import type { Json } from '../../../shared/messages/define';
import type { RunRecord } from './runRecord';

/** Nodes go by their ids, not by their place in the file; where they stand on the canvas makes no difference. */
export function flattenConfiguration(record: RunRecord): Map<string, Json> {
  const flat = new Map<string, Json>();
  const { training, data, dataHash, engine, environment, design } = record;
  add(flat, 'training', training);
  add(flat, 'data', data);
  flat.set('data hash', dataHash);
  flat.set('engine', engine.id);
  flat.set('device', engine.device);
  add(flat, 'versions', engine.versions);
  add(flat, 'environment', environment);
  if (isObject(design)) addDesign(flat, design);
  return flat;
}

/** Said by `training` and `data`, with defaults, or of no consequence for training. */
const leftOut = new Set(['training', 'data', 'netloom', 'name', 'notes', 'canvasNotes']);
const cosmetic = new Set(['position', 'note', 'name', 'id']);

function addDesign(flat: Map<string, Json>, design: JsonObject): void {
  for (const [key, value] of Object.entries(design)) {
    if (leftOut.has(key)) continue;
    if (key === 'blocks' && isObject(value)) {
      for (const [id, block] of Object.entries(value)) addGraph(flat, `design.blocks.${id}`, block);
    }
  }
  addGraph(flat, 'design', design);
}

function addGraph(flat: Map<string, Json>, place: string, graph: Json): void {
  if (!isObject(graph)) return;
  for (const node of listOf(graph.nodes)) {
    const { id } = node;
    if (typeof id !== 'string') continue;
    for (const [key, value] of Object.entries(node)) {
      if (!cosmetic.has(key)) add(flat, `${place}.nodes.${id}.${key}`, value);
    }
  }
  for (const { from, to } of listOf(graph.wires)) {
    if (typeof from === 'string' && typeof to === 'string') flat.set(`${place}.wires.${from} → ${to}`, true);
  }
  if (isObject(graph.params) && place !== 'design') add(flat, `${place}.params`, graph.params);
}

interface JsonObject {
  [key: string]: Json;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Lists stay whole: a shape is one setting. */
function add(flat: Map<string, Json>, place: string, value: Json): void {
  if (!isObject(value)) flat.set(place, value);
  else for (const [key, part] of Object.entries(value)) add(flat, `${place}.${key}`, part);
}
