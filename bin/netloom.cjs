#!/usr/bin/env node
/** The command `netloom`. In a checkout it first builds what changed; an installed package carries its build. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = join(__dirname, '..');

async function main() {
  if (existsSync(join(root, 'electron')) && existsSync(join(root, 'tools', 'build.mjs'))) {
    if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
      console.error('Netloom is not set up in this checkout yet. Run "npm ci" once, then this command again.');
      process.exit(1);
    }
    const { ensureBuilt } = await import(pathToFileURL(join(root, 'tools', 'build.mjs')).href);
    await ensureBuilt();
  }
  require(join(root, 'dist', 'cli.cjs'));
}

main().catch((error) => {
  console.error(`Netloom could not be built: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
