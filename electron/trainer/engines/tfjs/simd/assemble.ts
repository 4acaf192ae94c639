/**
 * A small assembler for WebAssembly with SIMD: enough for tight loops over tensors that already live on the backend's heap. It is
 * here because plain JavaScript loops are ten times slower, and a compiler's binary would be a file nobody can read.
 */

/** Encoded instructions; code is written as nested lists and flattened at the end. */
export type Code = readonly (number | Code)[];

export type ValueType = 'i32' | 'f32' | 'v128';

export interface FunctionSource {
  readonly name: string;
  /** All of type i32: addresses, counts and distances in bytes. There is no result. */
  readonly parameters: readonly string[];
  readonly locals: Readonly<Record<string, ValueType>>;
  /** Given the number of each parameter and local. */
  readonly body: (local: (name: string) => number) => Code;
}

const typeCodes: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

export function unsigned(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

export function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return done ? [low] : [low | 0x80, ...signed(rest)];
}

function flatten(code: Code, into: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === 'number') into.push(part);
    else flatten(part, into);
  }
  return into;
}

/** A length, then the contents: what sections, function bodies and names are made of. */
function sized(contents: Code): Code {
  const bytes = flatten(contents);
  return [unsigned(bytes.length), bytes];
}

function list(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function text(value: string): Code {
  return sized(Array.from(value, (letter) => letter.charCodeAt(0)));
}

/** One module that works on the imported memory `env.memory` and exports every function by its name. */
export function assemble(functions: readonly FunctionSource[]): Uint8Array {
  const section = (id: number, items: readonly Code[]): Code => [id, sized(list(items))];
  const type = ({ parameters }: FunctionSource): Code => [0x60, list(parameters.map(() => [typeCodes.i32])), 0];
  const body = ({ parameters, locals, body: write }: FunctionSource): Code => {
    const names = [...parameters, ...Object.keys(locals)];
    const local = (name: string): number => {
      const index = names.indexOf(name);
      if (index < 0) throw new Error(`There is no local '${name}'.`);
      return index;
    };
    const declared = Object.values(locals).map((kind): Code => [1, typeCodes[kind]]);
    return sized([list(declared), write(local), 0x0b]);
  };
  return Uint8Array.from(
    flatten([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, functions.map(type)),
      section(2, [[text('env'), text('memory'), 0x02, 0x00, 0x00]]),
      section(
        3,
        functions.map((_, index) => unsigned(index)),
      ),
      section(
        7,
        functions.map(({ name }, index): Code => [text(name), 0x00, unsigned(index)]),
      ),
      section(10, functions.map(body)),
    ]),
  );
}
