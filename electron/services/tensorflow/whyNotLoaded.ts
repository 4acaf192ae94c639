/** What the system's loader said when it refused a library, for people, and what would help. */
import { tensorflowSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { repairCommand } from '../python/environmentState';
import { EngineMissing } from './engineMissing';

const remedies: readonly (readonly [RegExp, string])[] = [
  [/version `?(GLIBC|GLIBCXX|CXXABI)/, tensorflowSentences.newerLinux],
  [/undefined symbol|wrong ELF class|invalid ELF|Exec format/, tensorflowSentences.otherBuild],
];

export function whyNotLoaded(error: unknown, folder: string): EngineMissing {
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const known = remedies.find(([words]) => words.test(said));
  return new EngineMissing(
    fill(tensorflowSentences.notLoaded, { folder, said: said.replace(/\.$/, '') }),
    known?.[1] ?? fill(tensorflowSentences.repairOrName, { command: repairCommand('tensorflow') }),
  );
}
