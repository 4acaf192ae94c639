/** Unpacks the bundled digits. `tools/make_digits.py` describes the file. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import { tenDigits } from '../../../../shared/datasets/tenDigits';
import { crc32 } from '../../../files/crc32c';
import { damaged } from '../../../files/fileProblem';
import { readWhole } from '../../../files/readWhole';
import type { DataSource, SourceContext } from '../dataSource';

const pixelsPerImage = 64;
const headerBytes = 16;
const largestPixel = 16;
const largestBundle = 2 ** 20;

export const digitsSource: DataSource = {
  identity: (context) => Promise.resolve({ sha256: createHash('sha256').update(readBundle(context)).digest('hex') }),
  prepare(context, writer) {
    const bytes = readBundle(context);
    const samples = new DataView(bytes.buffer).getUint32(12, true);
    const labelsAt = headerBytes + samples * pixelsPerImage;
    const target = { columns: null, layout: null, stored: 'uint8', scaling: { kind: 'none' } } as const;
    const scaling = { kind: 'divide', by: largestPixel, largest: largestPixel } as const;
    const image = { name: 'image', shape: [8, 8, 1], dtype: 'float32', classes: null, range: [0, 1] } as const;
    writer.addField({ ...target, ...image, shape: [8, 8, 1], range: [0, 1], role: 'input', scaling });
    writer.addField({
      ...target,
      name: 'label',
      shape: [],
      dtype: 'int32',
      classes: [...tenDigits],
      range: [0, 9],
      role: 'target',
    });
    for (let sample = 0; sample < samples; sample += 1) {
      const part = parts[bytes[labelsAt + samples + sample] as number] ?? 'train';
      const at = headerBytes + sample * pixelsPerImage;
      writer.append('image', part, bytes.subarray(at, at + pixelsPerImage));
      writer.append('label', part, bytes.subarray(labelsAt + sample, labelsAt + sample + 1));
    }
    return Promise.resolve({ origin: null });
  },
};

function readBundle({ places, files }: SourceContext): Uint8Array {
  const file = join(places.assets, 'digits', 'digits.bin');
  const bytes = readWhole(files, file, { most: largestBundle, expected: 'the bundle of digits' });
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 4;
  if (end < headerBytes || crc32(bytes, 0, end) !== view.getUint32(end, true)) {
    throw damaged(file, 'is damaged: its checksum differs. Install Netloom again.');
  }
  return bytes;
}
