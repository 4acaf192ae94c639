/** A home, a design folder and the bundled data for one test; removed when the test ends. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DataPlaces } from '../../../../electron/services/data/dataSource';

export const assets = join(__dirname, '..', '..', '..', '..', 'assets');

export function makePlaces(): DataPlaces {
  const root = mkdtempSync(join(tmpdir(), 'netloom-data-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const places = { home: join(root, 'home'), folder: join(root, 'designs'), assets, mirror: null };
  mkdirSync(places.folder);
  return places;
}
