/** The sizes of the panels, and what becomes of them in a window that is too small: the drawing always keeps its place. */
import type { Settings } from '../../shared/ipc/studio/settingsSchema';

type Panels = Settings['panels'];
export type Panel = 'palette' | 'inspector' | 'dock';

/** As the settings allow them. */
export const panelLimits: Readonly<Record<Panel, { minimum: number; maximum: number; standard: number }>> = {
  palette: { minimum: 160, maximum: 480, standard: 232 },
  inspector: { minimum: 240, maximum: 640, standard: 320 },
  dock: { minimum: 140, maximum: 900, standard: 300 },
};

/** The least that the drawing keeps. */
const canvasMinimum = { width: 320, height: 160 } as const;
/** Title bar, status bar, tabs of the dock. */
const bars = 40 + 24 + 32;

export function fittingPanels(wanted: Panels, windowWidth: number, windowHeight: number): Panels {
  const room = Math.max(0, windowWidth - canvasMinimum.width);
  const palette = wanted.paletteOpen ? wanted.palette : 0;
  const inspector = wanted.inspectorOpen ? wanted.inspector : 0;
  const scale = palette + inspector > room ? room / (palette + inspector) : 1;
  const fitting = (panel: 'palette' | 'inspector'): number =>
    Math.max(panelLimits[panel].minimum, Math.floor(wanted[panel] * scale));
  const tallest = Math.max(panelLimits.dock.minimum, windowHeight - bars - canvasMinimum.height);
  return {
    ...wanted,
    palette: fitting('palette'),
    inspector: fitting('inspector'),
    dock: Math.min(wanted.dock, tallest),
  };
}
