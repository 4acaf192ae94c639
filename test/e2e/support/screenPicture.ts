/** Reads what an X display shows from the file that Xvfb keeps of it: for a build that nothing can drive from inside. */
import { readFileSync } from 'node:fs';

export interface ScreenPicture {
  width: number;
  height: number;
  /** `0xRRGGBB` -> how many pixels have this colour. */
  colours: ReadonlyMap<number, number>;
}

/** The format of xwd: a header of 32-bit big-endian numbers, a table of colours, then rows of pixels of four bytes. */
export function readScreen(file: string): ScreenPicture {
  const bytes = readFileSync(file);
  const field = (index: number): number => bytes.readUInt32BE(4 * index);
  const [headerSize, width, height, rowSize, colourCount] = [field(0), field(4), field(5), field(12), field(19)];
  if (field(1) !== 7 || field(11) !== 32) throw new Error(`${file} is not a picture with four bytes a pixel`);
  const littleEndian = field(7) === 0;
  const start = headerSize + 12 * colourCount;
  const colours = new Map<number, number>();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = start + row * rowSize + 4 * column;
      const colour = (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) & 0xffffff;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
  }
  return { width, height, colours };
}
