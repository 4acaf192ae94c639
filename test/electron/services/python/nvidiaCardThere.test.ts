/** A card without its driver is told from a machine without a card by the system's own list of devices. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nvidiaCardThere } from '../../../../electron/services/python/nvidiaCardThere';
import { temporaryHome } from '../../../drivers/temporaryHome';

/** Vendor and class, as Linux writes them. */
function machine(devices: readonly (readonly [string, string])[]): string {
  const folder = temporaryHome();
  devices.forEach(([vendor, kind], at) => {
    const device = join(folder, `0000:00:0${at}.0`);
    mkdirSync(device);
    writeFileSync(join(device, 'vendor'), `${vendor}\n`);
    writeFileSync(join(device, 'class'), `${kind}\n`);
  });
  return folder;
}

it.each([
  [
    'a card that shows pictures',
    [
      ['0x8086', '0x060000'],
      ['0x10de', '0x030000'],
    ],
    true,
  ],
  ['a card that only computes', [['0x10de', '0x030200']], true],
  ['the sound of a card alone', [['0x10de', '0x040300']], false],
  [
    'cards of others',
    [
      ['0x1002', '0x030000'],
      ['0x8086', '0x030000'],
    ],
    false,
  ],
  ['nothing', [], false],
] as const)('of a machine with %s', (_, devices, there) => {
  expect(nvidiaCardThere(machine(devices))).toBe(there);
});

it('of a system without such a list', () => expect(nvidiaCardThere('/nowhere')).toBe(false));
