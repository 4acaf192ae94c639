/** Where a window stands: as before where that can be seen, never off the screens, never exactly on another. */
import { describe, expect, it } from 'vitest';
import { placeFor, smallest } from '../../../electron/main/windowPlace';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const place = (bounds: { x: number; y: number; width: number; height: number } | null) => ({
  bounds,
  maximised: false,
});

describe('the place of a window', () => {
  it('is the middle of the screen at first, as large as usual or as the screen allows', () => {
    expect(placeFor(place(null), [screen], [])).toEqual({ width: 1440, height: 900 });
    expect(placeFor(place(null), [{ ...screen, width: 1024, height: 700 }], [])).toEqual({ width: 1024, height: 700 });
    expect(placeFor(place(null), [{ ...screen, width: 640, height: 480 }], [])).toEqual(smallest);
  });

  it('is that of last time, also on a second screen', () => {
    const bounds = { x: 2000, y: 40, width: 1000, height: 800 };
    expect(placeFor(place(bounds), [screen, second], [])).toEqual(bounds);
  });

  it('comes back from a screen that is gone, and from above the edge', () => {
    const away = { x: 2000, y: 40, width: 1000, height: 800 };
    expect(placeFor(place(away), [screen], [])).toEqual({ width: 1000, height: 800 });
    const above = { x: 10, y: -500, width: 1000, height: 800 };
    expect(placeFor(place(above), [screen], [])).toEqual({ width: 1000, height: 800 });
    const halfOut = { x: 1700, y: 900, width: 1000, height: 800 };
    expect(placeFor(place(halfOut), [screen], [])).toEqual({ x: 920, y: 280, width: 1000, height: 800 });
  });

  it('of a second window is a step beside the first', () => {
    const bounds = { x: 100, y: 100, width: 1000, height: 800 };
    expect(placeFor(place(bounds), [screen], [bounds])).toEqual({ ...bounds, x: 132, y: 132 });
  });
});
