/** Colours and weights of text as ANSI sequences, or nothing where the terminal has none. */

export interface Style {
  bold: (text: string) => string;
  faint: (text: string) => string;
  red: (text: string) => string;
  green: (text: string) => string;
  amber: (text: string) => string;
  blue: (text: string) => string;
}

function paint(code: number, end: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[${end}m`;
}

const plain = (text: string): string => text;

export function styleOf(colour: boolean): Style {
  if (!colour) return { bold: plain, faint: plain, red: plain, green: plain, amber: plain, blue: plain };
  return {
    bold: paint(1, 22),
    faint: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    amber: paint(33, 39),
    blue: paint(34, 39),
  };
}
