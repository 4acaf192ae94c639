/** The Python packages that exported code is checked with: by which names they are installed, and what each target needs. */

import { fill } from '../../../shared/messages/fill';
import { pythonSentences } from '../../../shared/messages/pythonSentences';

/** What exported code can be checked for by Python; TypeScript needs none. */
export type PythonTarget = 'pytorch' | 'keras' | 'onnx';

interface Package {
  /** The oldest that the exported code and its checks run with. */
  least: string;
  /** Under which names a package index has it. */
  distributions: readonly string[];
}

const packages = {
  torch: { least: '2.4', distributions: ['torch'] },
  keras: { least: '3.0', distributions: ['keras'] },
  tensorflow: {
    least: '2.16',
    distributions: ['tensorflow', 'tensorflow-cpu', 'tensorflow-macos', 'tensorflow-intel', 'tf-nightly'],
  },
  jax: { least: '0.4.20', distributions: ['jax'] },
  numpy: { least: '1.23', distributions: ['numpy'] },
  safetensors: { least: '0.4', distributions: ['safetensors'] },
  onnx: { least: '1.16', distributions: ['onnx', 'onnx-weekly'] },
  onnxruntime: {
    least: '1.17',
    distributions: ['onnxruntime', 'onnxruntime-gpu', 'onnxruntime-directml', 'onnxruntime-openvino'],
  },
} satisfies Record<string, Package>;

export type PythonPackage = keyof typeof packages;

/** A list in a list: one of them is enough. */
const needs: Record<PythonTarget, readonly (PythonPackage | readonly PythonPackage[])[]> = {
  pytorch: ['torch', 'numpy', 'safetensors'],
  keras: ['keras', ['tensorflow', 'torch', 'jax'], 'numpy', 'safetensors'],
  onnx: ['onnx', 'onnxruntime', 'numpy', 'safetensors'],
};

/** Every name that a Python is asked for. */
export const distributionNames: readonly string[] = Object.values(packages).flatMap(
  ({ distributions }) => distributions,
);

/** The packages that these installed distributions are. */
export function packagesAmong(installed: Readonly<Record<string, string>>): Partial<Record<PythonPackage, string>> {
  const found = packageNames().map((name) => [name, versionOf(name, installed)] as const);
  return Object.fromEntries(found.filter(([, version]) => version !== null));
}

function packageNames(): PythonPackage[] {
  return Object.keys(packages) as PythonPackage[];
}

function versionOf(name: PythonPackage, installed: Readonly<Record<string, string>>): string | null {
  const known = packages[name].distributions.find((distribution) => distribution in installed);
  return known === undefined ? null : (installed[known] ?? null);
}

/** What is wanted for these targets, as a person lists it: "torch, numpy and safetensors". */
export function neededFor(targets: readonly PythonTarget[]): string {
  const wanted = targets.flatMap((target) => needs[target].map(nameOf));
  return listed([...new Set(wanted)]);
}

/** What is missing for these targets, each as a phrase; empty where all is there. */
export function lackingFor(
  targets: readonly PythonTarget[],
  found: Partial<Record<PythonPackage, string>>,
): readonly string[] {
  const phrases = targets.flatMap((target) =>
    needs[target].flatMap((need) => {
      const choices = typeof need === 'string' ? [need] : need;
      if (choices.some((name) => isEnough(found[name], packages[name].least))) return [];
      const old = choices.find((name) => found[name] !== undefined);
      if (!old) return [nameOf(need)];
      const { least } = packages[old];
      return [fill(pythonSentences.newerPackage, { name: old, least, version: found[old] ?? '' })];
    }),
  );
  return [...new Set(phrases)];
}

function nameOf(need: PythonPackage | readonly PythonPackage[]): string {
  return typeof need === 'string' ? need : fill(pythonSentences.oneOf, { packages: listed(need, 'or') });
}

export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1] ?? ''}`;
}

/** Compares the leading numbers of two versions: "2.15.0+cpu" is enough for "2.9". */
export function isEnough(version: string | undefined, least: string): boolean {
  if (version === undefined) return false;
  const [have, want] = [numbersOf(version), numbersOf(least)];
  for (let place = 0; place < want.length; place += 1) {
    const difference = (have[place] ?? 0) - (want[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbersOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}
