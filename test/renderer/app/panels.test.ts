/** Panels keep the sizes that the user gave them, as long as the drawing has room. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingPanels, panelLimits } from '../../../renderer/app/panels';
import { settingsSchema } from '../../../shared/ipc/studio/settingsSchema';

const { panels } = settingsSchema.parse({});

describe('panels', () => {
  it('are as wanted at 1440 x 900 and at 1100 x 700', () => {
    expect(fittingPanels(panels, 1440, 900)).toEqual(panels);
    expect(fittingPanels(panels, 1100, 700)).toEqual(panels);
  });

  it('have the limits of the settings', () => {
    for (const [name, { minimum, maximum, standard }] of Object.entries(panelLimits)) {
      const accepts = (size: number): boolean => settingsSchema.safeParse({ panels: { [name]: size } }).success;
      expect([accepts(minimum), accepts(minimum - 1), accepts(maximum), accepts(maximum + 1)]).toEqual([
        true,
        false,
        true,
        false,
      ]);
      expect(panels[name as keyof typeof panels]).toBe(standard);
    }
  });

  it('never take the drawing its place in a window of the smallest size or more', () => {
    const wanted = fc.record({
      palette: fc.integer({ min: 160, max: 480 }),
      inspector: fc.integer({ min: 240, max: 640 }),
      dock: fc.integer({ min: 140, max: 900 }),
      paletteOpen: fc.boolean(),
      inspectorOpen: fc.boolean(),
      dockOpen: fc.boolean(),
    });
    const size = fc.tuple(fc.integer({ min: 900, max: 4000 }), fc.integer({ min: 560, max: 3000 }));
    fc.assert(
      fc.property(wanted, size, (given, [width, height]) => {
        const fitting = fittingPanels(given, width, height);
        const used = (fitting.paletteOpen ? fitting.palette : 0) + (fitting.inspectorOpen ? fitting.inspector : 0);
        expect(width - used).toBeGreaterThanOrEqual(200);
        expect(height - fitting.dock).toBeGreaterThanOrEqual(200);
        expect(fitting.palette).toBeLessThanOrEqual(given.palette);
        expect(fitting.inspector).toBeLessThanOrEqual(given.inspector);
      }),
    );
  });
});
