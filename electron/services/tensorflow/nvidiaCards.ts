/** NVIDIA's cards as their driver tells of them, and whether a library was built for one. */
import { nvidiaDriver } from '../python/nvidiaDriver';
import { runProgram } from '../python/childProgram';

export interface NvidiaCard {
  name: string;
  driver: string;
  /** "9.0"; null where the driver is too old to say. */
  computeCapability: string | null;
  /** Bytes. */
  memory: { free: number; total: number };
}

const fields = ['name', 'driver_version', 'compute_cap', 'memory.free', 'memory.total'];
const mebibyte = 2 ** 20;

/** Empty where there is no card, or no driver that answers. */
export async function nvidiaCards(environment: NodeJS.ProcessEnv = process.env): Promise<NvidiaCard[]> {
  const words = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
  const ended = await runProgram('nvidia-smi', words, { environment, timeLimit: 15_000 });
  return ended.how === 'ended' && ended.code === 0 ? ended.output.split('\n').flatMap(cardIn) : [];
}

/** The last one that the process may see: the one that tfjs-node's binding takes. Null where there is none. */
export async function usedCard(environment: NodeJS.ProcessEnv = process.env): Promise<NvidiaCard | null> {
  if (nvidiaDriver(process) === null) return null;
  const cards = await nvidiaCards(environment);
  const visible = environment.CUDA_VISIBLE_DEVICES?.split(',').map((name) => cards[Number.parseInt(name, 10)]);
  return (visible ?? cards).filter((card) => card !== undefined).pop() ?? null;
}

/** "NVIDIA H200, 550.54.15, 9.0, 142000, 143771" */
function cardIn(line: string): NvidiaCard[] {
  const [name, driver, capability = '', free, total] = line.split(',').map((cell) => cell.trim());
  if (!name || !driver) return [];
  const computeCapability = /^\d+\.\d+$/.test(capability) ? capability : null;
  const bytes = (cell = ''): number => (Number(cell) || 0) * mebibyte;
  return [{ name, driver, computeCapability, memory: { free: bytes(free), total: bytes(total) } }];
}

/**
 * `natively`: machine code for the card is in the library. `translated`: the driver compiles it at the first use, which takes
 * minutes once. `no`: the card is older than all that is in it.
 */
export function fits(capability: string, builtFor: readonly string[]): 'natively' | 'translated' | 'no' {
  const card = Number(capability.replace('.', ''));
  const built = builtFor.flatMap((name) => {
    const [, kind, digits = ''] = /^(sm|compute)_(\d+)[a-z]?$/.exec(name) ?? [];
    return kind ? [{ kind, code: Number(digits) }] : [];
  });
  const sameLine = (code: number): boolean => Math.floor(code / 10) === Math.floor(card / 10) && code <= card;
  if (built.some(({ kind, code }) => kind === 'sm' && sameLine(code))) return 'natively';
  return built.some(({ kind, code }) => kind === 'compute' && code <= card) ? 'translated' : 'no';
}
