/** Where a window stood last, and where the next one stands: on a screen that is there, and not exactly on another. */
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import type { FileSystem } from '../files/fileSystem';
import { homeFile, type HomeFile } from '../services/documents/homeFile';

const placeSchema = z.object({
  bounds: z
    .object({ x: z.int(), y: z.int(), width: z.int().min(1).max(32_000), height: z.int().min(1).max(32_000) })
    .nullable()
    .default(null),
  maximised: z.boolean().default(false),
});
export type WindowPlace = z.output<typeof placeSchema>;

export const smallest = { width: 900, height: 600 };
const usual = { width: 1440, height: 900 };
const step = 32;

export function windowPlaceFile(files: FileSystem, home: string): HomeFile<WindowPlace> {
  return homeFile(
    files,
    { folder: home, file: join(home, 'window.json'), title: 'The place of the window' },
    placeSchema,
  );
}

/** `screens`: their work areas, the main one first. `others`: windows that are open. No x and y: in the middle. */
export function placeFor(
  { bounds }: WindowPlace,
  screens: readonly Rectangle[],
  others: readonly Rectangle[],
): { x?: number; y?: number; width: number; height: number } {
  const screen = bounds && screens.find((area) => overlaps(bounds, area));
  const room = screen ?? screens[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.max(smallest.width, Math.min(bounds?.width ?? usual.width, room.width));
  const height = Math.max(smallest.height, Math.min(bounds?.height ?? usual.height, room.height));
  if (!bounds || !screen) return { width, height };
  let { x, y } = bounds;
  while (others.some((other) => other.x === x && other.y === y)) {
    x += step;
    y += step;
  }
  const inside = (from: number, least: number, most: number): number => Math.max(least, Math.min(from, most));
  return {
    x: inside(x, room.x, Math.max(room.x, room.x + room.width - width)),
    y: inside(y, room.y, Math.max(room.y, room.y + room.height - height)),
    ...{ width, height },
  };
}

/** So much of it that its title bar can be taken hold of. */
function overlaps(bounds: Rectangle, area: Rectangle): boolean {
  const right = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const below = bounds.y >= area.y - 8 && bounds.y < area.y + area.height - 48;
  return right >= 120 && below;
}
