/** The saved format, version 1: structure only. Names, ports and parameters are checked by the passes of `compile`. */
import { z } from 'zod';
import type { Json } from '../messages/define';
import { dataConfigSchema, trainingConfigSchema } from '../training/config';
import { issueText } from './issueText';
import { isJson } from './isJson';

export const newestVersion = 1;

/** Caps that no drawing comes near, so that a hostile file costs an error and not the machine. */
const limits = { nodes: 100_000, wires: 400_000, blocks: 1000, canvasNotes: 10_000, text: 20_000 } as const;

const idPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const idRule = 'must start with a letter and hold at most 64 letters, digits, "_" or "-"';
const endpointPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}(:[A-Za-z][A-Za-z0-9_-]{0,63})?$/;

const id = z.string().regex(idPattern, idRule);
const label = z.string().max(200);
const text = z.string().max(limits.text);
const coordinate = z.number().min(-1e9).max(1e9);
const pair = z.tuple([coordinate, coordinate]);
const json = z.custom<Json>(isJson, 'must be plain JSON: no "__proto__", at most 16 levels deep');
const params = z.record(z.string().max(64), json);

interface NodeBase {
  id: string;
  /** The label; the id where none is given. */
  name?: string;
  /** Values, or expressions ("=filters * 2") over the parameters of the enclosing block. */
  params: Record<string, Json>;
  position?: [number, number];
  note?: string;
  /** The id of a sibling whose weights this node uses. */
  weightsOf?: string;
}

export type LayerNode = NodeBase & { layer: string; block?: undefined; times?: undefined };
/** A block; with `times` (a number or an expression) that many in a row. */
export type CallNode = NodeBase & { block: string; times?: Json; layer?: undefined };
export type DesignNode = LayerNode | CallNode;

const nodeSchema = z
  .strictObject({
    id,
    layer: z.string().min(1).max(64).optional(),
    block: id.optional(),
    times: json.optional(),
    name: label.optional(),
    params: params.default({}),
    weightsOf: id.optional(),
    position: pair.optional(),
    note: text.optional(),
  })
  .check((context) => {
    const { layer, block, times } = context.value;
    const wrong =
      (layer === undefined) === (block === undefined)
        ? 'needs either "layer" or "block"'
        : times !== undefined && block === undefined
          ? '"times" belongs to a block, not to a layer'
          : null;
    if (wrong !== null) context.issues.push({ code: 'custom', message: wrong, input: context.value });
  })
  .transform((node) => node as DesignNode);

/** `from` and `to` are "node" or "node:port"; without a port the first output, or the first input, is meant. */
const wireSchema = z.strictObject({
  from: z.string().regex(endpointPattern, 'must be "node" or "node:port"'),
  to: z.string().regex(endpointPattern, 'must be "node" or "node:port"'),
});

const nodesSchema = z.array(nodeSchema).max(limits.nodes);
const wiresSchema = z.array(wireSchema).max(limits.wires);

/** Its Input and Output nodes are its ports, named by their ids, in the order in which they are listed. */
const blockSchema = z.strictObject({
  title: label.optional(),
  params: params.default({}),
  nodes: nodesSchema.default([]),
  wires: wiresSchema.default([]),
});

const canvasNoteSchema = z.strictObject({ id, text, position: pair, size: pair });

export type TrainingInput = z.input<typeof trainingConfigSchema>;

/** Checked as a configuration, kept as written, so that defaults do not creep into the file. */
const trainingSchema = z.custom<TrainingInput>().check((context) => {
  const result = trainingConfigSchema.safeParse(context.value);
  for (const issue of result.error?.issues ?? []) {
    context.issues.push({ code: 'custom', message: issueText(issue), path: issue.path, input: context.value });
  }
});

export const designSchema = z.strictObject({
  netloom: z.literal(newestVersion),
  name: label.default(''),
  notes: text.default(''),
  nodes: nodesSchema.default([]),
  wires: wiresSchema.default([]),
  blocks: z
    .record(
      id.refine((name) => name !== 'main', 'must not be "main": that is the drawing itself'),
      blockSchema,
    )
    .refine((blocks) => Object.keys(blocks).length <= limits.blocks, `at most ${limits.blocks} blocks`)
    .default({}),
  canvasNotes: z.array(canvasNoteSchema).max(limits.canvasNotes).default([]),
  training: trainingSchema.default({}),
  data: dataConfigSchema.optional(),
});

export type Wire = z.output<typeof wireSchema>;
export type Block = z.output<typeof blockSchema>;
export type CanvasNote = z.output<typeof canvasNoteSchema>;
export type Design = z.output<typeof designSchema>;

export function emptyDesign(name = ''): Design {
  return { netloom: newestVersion, name, notes: '', nodes: [], wires: [], blocks: {}, canvasNotes: [], training: {} };
}
