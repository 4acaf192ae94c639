/** Finds places in JSON text: where it stops being JSON, and where the value at a path starts. Engines disagree on both. */

export interface JsonFault {
  offset: number;
  detail: string;
}

export type JsonPath = readonly PropertyKey[];

interface Scan {
  text: string;
  at: number;
  /** Where the value at the wanted path starts, once it is met. */
  found: number | null;
  fault: JsonFault | null;
}

/** Thrown by `fail` and caught in `scanText`, nowhere else; what is wrong stands in the scan. */
const stop = new Error('the text is not JSON');

function fail(scan: Scan, detail: string): never {
  scan.fault = { offset: scan.at, detail };
  throw stop;
}

const deepest = 200;

/** The first place that is not JSON, or null where all of it is. */
export function findJsonFault(text: string): JsonFault | null {
  return scanText(text, null).fault;
}

/** Where the value at `path` starts in text that is JSON; as far along the path as the text goes. */
export function findJsonPath(text: string, path: JsonPath): number {
  return scanText(text, path).found ?? 0;
}

function scanText(text: string, path: JsonPath | null): Scan {
  const scan: Scan = { text, at: 0, found: null, fault: null };
  try {
    scanValue(scan, path, 0);
    skipSpace(scan);
    if (scan.at < text.length) fail(scan, `${shown(scan)} after the end`);
  } catch (thrown) {
    if (thrown !== stop) throw thrown;
  }
  return scan;
}

/** Line and column, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function skipSpace(scan: Scan): void {
  while (' \t\r\n'.includes(scan.text.charAt(scan.at)) && scan.at < scan.text.length) scan.at++;
}

function shown(scan: Scan): string {
  return scan.at < scan.text.length ? `unexpected ${JSON.stringify(scan.text.charAt(scan.at))}` : 'the text ends';
}

function expect(scan: Scan, character: string, place: string): void {
  skipSpace(scan);
  if (scan.text.charAt(scan.at) !== character) fail(scan, `${shown(scan)} where "${character}" ${place}`);
  scan.at++;
}

/** `path` is what remains to the wanted value, or null where it is not in here. */
function scanValue(scan: Scan, path: JsonPath | null, depth: number): void {
  skipSpace(scan);
  if (path) scan.found = scan.at;
  if (depth > deepest) fail(scan, 'it is nested too deeply');
  const first = scan.text.charAt(scan.at);
  if (first === '{') scanObject(scan, path, depth);
  else if (first === '[') scanArray(scan, path, depth);
  else if (first === '"') scanString(scan);
  else scanWord(scan);
}

function scanObject(scan: Scan, path: JsonPath | null, depth: number): void {
  scan.at++;
  skipSpace(scan);
  if (scan.text.charAt(scan.at) === '}') {
    scan.at++;
    return;
  }
  for (;;) {
    skipSpace(scan);
    if (scan.text.charAt(scan.at) !== '"') fail(scan, `${shown(scan)} where a name in quotes should be`);
    const key = scanString(scan);
    expect(scan, ':', 'should follow the name');
    scanValue(scan, path && path.length > 0 && String(path[0]) === key ? path.slice(1) : null, depth + 1);
    skipSpace(scan);
    if (scan.text.charAt(scan.at) !== ',') break;
    scan.at++;
  }
  expect(scan, '}', 'or a comma should be');
}

function scanArray(scan: Scan, path: JsonPath | null, depth: number): void {
  scan.at++;
  skipSpace(scan);
  if (scan.text.charAt(scan.at) === ']') {
    scan.at++;
    return;
  }
  for (let index = 0; ; index++) {
    scanValue(scan, path && path.length > 0 && String(path[0]) === String(index) ? path.slice(1) : null, depth + 1);
    skipSpace(scan);
    if (scan.text.charAt(scan.at) !== ',') break;
    scan.at++;
  }
  expect(scan, ']', 'or a comma should be');
}

const stringPattern = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

function scanString(scan: Scan): string {
  stringPattern.lastIndex = scan.at;
  const match = stringPattern.exec(scan.text);
  const value = match ? parseString(match[0]) : null;
  if (value === null) return fail(scan, 'this text in quotes does not end properly');
  scan.at = stringPattern.lastIndex;
  return value;
}

/** Null where it holds a control character, such as the end of the line. */
function parseString(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}

const wordPattern = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function scanWord(scan: Scan): void {
  wordPattern.lastIndex = scan.at;
  if (!wordPattern.test(scan.text)) fail(scan, `${shown(scan)} where a value should be`);
  scan.at = wordPattern.lastIndex;
}
