/** What the installers are made from is there and true: icons as drawn, the switches of Electron, the profile of AppArmor. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTool } from './load';

const root = join(__dirname, '..', '..');
const recipe = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const icons = join(root, 'assets', 'icons');

/** Drawn once: the large ones take their time. */
const drawn = loadTool<{ iconFiles: () => Map<string, Buffer> }>('drawIcons.mjs').then(({ iconFiles }) => iconFiles());

describe('icons', () => {
  it('are what the two drawings give, in every size', async () => {
    const made = await drawn;
    const kept = readdirSync(icons, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(png|ico|icns)$/.test(name),
    );
    expect(kept.sort()).toEqual([...made.keys()].sort());
    for (const [name, content] of made) {
      expect(content.equals(readFileSync(join(icons, name))), `${name}: run node tools/drawIcons.mjs`).toBe(true);
    }
  });

  it('in one file hold images of the sizes that they name', async () => {
    const made = await drawn;
    const ico = made.get('netloom.ico') ?? Buffer.alloc(0);
    const images = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    const sizes = images.map((at) => {
      const png = ico.subarray(ico.readUInt32LE(at + 12), ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.readUInt32BE(16) % 256).toBe(ico.readUInt8(at));
      return png.readUInt32BE(16);
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
    const icns = made.get('netloom.icns') ?? Buffer.alloc(0);
    expect(icns.subarray(0, 4).toString()).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});

describe('electron-builder.yml', () => {
  it('turns every dangerous switch off and every check on', () => {
    const lines = recipe.slice(recipe.indexOf('electronFuses:')).matchAll(/^ {2}(\w+): (true|false)$/gm);
    const switches = Object.fromEntries([...lines].map((line): [string, string] => [line[1] ?? '', line[2] ?? '']));
    expect(switches).toMatchObject({
      runAsNode: 'false',
      enableCookieEncryption: 'true',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      grantFileProtocolExtraPrivileges: 'false',
    });
  });

  it('names icons and a profile that are there', () => {
    const named = [...recipe.matchAll(/icon: (\S+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const name of named) {
      const kinds = ['', '.ico', '.icns'].filter((kind) => existsSync(join(root, 'assets', `${name}${kind}`)));
      expect(kinds, name).not.toEqual([]);
    }
    const profile = /appArmorProfile: (\S+)/.exec(recipe)?.[1] ?? '';
    expect(readFileSync(join(root, profile), 'utf8')).toMatch(/^ {2}userns,$/m);
  });
});
