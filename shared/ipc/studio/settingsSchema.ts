/** What a user sets once for all designs, kept in the home folder; every field has a default, so an old file still opens. */
import { z } from 'zod';

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** `system`: Simplified Chinese where the system speaks Chinese, else English. */
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  wheel: z.enum(['zoom', 'scroll']).default('zoom'),
  minimap: z.boolean().default(true),
  snapToGrid: z.boolean().default(false),
  /** Of curves, 0 to 0.99: the weight of what came before. */
  smoothing: z.number().min(0).max(0.99).default(0.6),
  /** What trains: the id of an engine, or "auto" for the fastest. */
  engine: z.string().min(1).max(60).default('wasm'),
  /** Of ONNX, for exported models. */
  opset: z.int().min(17).max(21).default(18),
  /** Sizes of panels in pixels, and which are folded away. */
  panels: z
    .object({
      palette: z.number().min(160).max(480).default(232),
      inspector: z.number().min(240).max(640).default(320),
      dock: z.number().min(140).max(900).default(300),
      paletteOpen: z.boolean().default(true),
      inspectorOpen: z.boolean().default(true),
      dockOpen: z.boolean().default(true),
    })
    .prefault({}),
  /** Layers used last, newest first. */
  recentLayers: z.array(z.string().max(64)).max(12).default([]),
  /** By the id of a run: its place in the palette, so that it keeps its colour for ever. */
  runColours: z.record(z.string().max(300), z.int().min(0).max(1000)).default({}),
  /** The run that others are measured against; null: none. */
  baselineRun: z.string().max(300).nullable().default(null),
});
export type Settings = z.output<typeof settingsSchema>;
