/** The colours of heat maps: cividis, which reads the same with and without colour vision, from low to high. */

type Colour = readonly [number, number, number];

const stops: readonly Colour[] = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [254, 232, 56],
];

/** 256 colours, three bytes each. */
export const cividis: Uint8Array = Uint8Array.from({ length: 256 * 3 }, (_, at) => {
  const place = (Math.floor(at / 3) / 255) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const channel = at % 3;
  const [from, to] = [(stops[below] as Colour)[channel] as number, (stops[below + 1] as Colour)[channel] as number];
  return Math.round(from + (to - from) * (place - below));
});
