/** What the system's loader said when it refused a library, for people, and what would help. */
import { repairCommand } from '../python/environmentState';
import { EngineMissing } from './engineMissing';

const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /version `?(GLIBC|GLIBCXX|CXXABI)/,
    'This TensorFlow needs a newer Linux than this is: train on another machine, or on the engine wasm.',
  ],
  [
    /undefined symbol|wrong ELF class|invalid ELF|Exec format/,
    'It is not a TensorFlow 2.15 or newer for this machine: name another one in NETLOOM_TENSORFLOW, or unset it.',
  ],
];

export function whyNotLoaded(error: unknown, folder: string): EngineMissing {
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const known = remedies.find(([words]) => words.test(said));
  return new EngineMissing(
    `The TensorFlow in ${folder} cannot be loaded: ${said.replace(/\.$/, '')}.`,
    known?.[1] ?? `Repair it with "${repairCommand('tensorflow')}", or name another one in NETLOOM_TENSORFLOW.`,
  );
}
