/** Whether a card of NVIDIA's is in this machine, be there a driver or not: without a card, none is missed. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const vendor = '0x10de';
/** Of what shows pictures, and of what only computes. */
const displays = /^0x03/;

/** `folder`: where Linux lists the devices of a machine; elsewhere there is none, and nobody can say. */
export function nvidiaCardThere(folder = '/sys/bus/pci/devices'): boolean {
  try {
    return readdirSync(folder).some((device) => {
      const read = (name: string): string => readFileSync(join(folder, device, name), 'utf8').trim();
      return read('vendor') === vendor && displays.test(read('class'));
    });
  } catch {
    return false;
  }
}
