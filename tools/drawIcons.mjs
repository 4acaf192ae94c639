/** `node tools/drawIcons.mjs`: makes every icon file from the two drawings in assets/icons. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const folder = fileURLToPath(new URL('../assets/icons', import.meta.url));
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Kinds of an icns file whose content is a PNG, by its width. */
const appleKinds = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];

function draw(name) {
  const drawing = readFileSync(join(folder, `${name}.svg`), 'utf8');
  return new Map(
    sizes.map((size) => [size, new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng()]),
  );
}

/** An ico file: a header, sixteen bytes an image, then the images as PNG. */
function toIco(images) {
  const chosen = windowsSizes.map((size) => ({ size, png: images.get(size) }));
  const header = Buffer.alloc(6 + 16 * chosen.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(chosen.length, 4);
  let offset = header.length;
  chosen.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...chosen.map(({ png }) => png)]);
}

/** An icns file: `icns` and its length, then for each image its kind, its length with this header, and the PNG. */
function toIcns(images) {
  const chunk = (kind, content) => {
    const head = Buffer.alloc(8);
    head.write(kind, 'ascii');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  const chunks = Object.entries(appleKinds).flatMap(([size, kinds]) =>
    kinds.map((kind) => chunk(kind, images.get(Number(size)))),
  );
  return chunk('icns', Buffer.concat(chunks));
}

/** File -> content, of all that is made. */
export function iconFiles() {
  const program = draw('netloom');
  const file = draw('netloom-file');
  return new Map([
    ...[...program].map(([size, png]) => [`png/${size}x${size}.png`, png]),
    ['netloom.ico', toIco(program)],
    ['netloom.icns', toIcns(program)],
    ['netloom-file.ico', toIco(file)],
    ['netloom-file.icns', toIcns(file)],
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(join(folder, 'png'), { recursive: true });
  for (const [name, content] of iconFiles()) writeFileSync(join(folder, name), content);
}
