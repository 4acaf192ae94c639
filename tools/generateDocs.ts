/** `npm run docs`: writes the pages of `docs/layers` and removes those of layers that are gone. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layerRegistry } from '../shared/layers/registry';
import { layerPages } from './layerPages';

const folder = join(__dirname, '..', 'docs', 'layers');
const pages = layerPages(layerRegistry.list);

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
console.log(`${pages.size} pages in docs/layers`);
