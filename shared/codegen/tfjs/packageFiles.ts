/** The files with which Node and TypeScript run an exported folder: pinned packages, and how they are to read the code. */
import { linesOf, type SourceFile } from '../sourceFile';
import { createScope } from '../allocateNames';

/** The packages of an exported folder, at the versions with which it was tried. */
export const packages = {
  dependencies: { '@tensorflow/tfjs': '4.22.0', '@tensorflow/tfjs-node': '4.22.0' },
  devDependencies: { '@types/node': '20.19.43', tsx: '4.23.15', typescript: '5.9.3' },
} as const;

export function packageFiles(name: string, trains: boolean): SourceFile[] {
  const scripts = trains ? { train: 'tsx train.ts', check: 'tsc' } : { check: 'tsc' };
  const description = { name: packageName(name), version: '1.0.0', private: true, engines: { node: '>=20' } };
  const compilerOptions = {
    ...{ target: 'ES2021', lib: ['ES2021'], module: 'commonjs', types: ['node'], esModuleInterop: true },
    ...{ strict: true, skipLibCheck: true, noEmit: true },
  };
  return [
    jsonFile('package.json', { ...description, scripts, ...packages }),
    jsonFile('tsconfig.json', { compilerOptions, include: ['*.ts'] }),
    jsonFile('.prettierrc.json', { printWidth: 100, singleQuote: true }),
  ];
}

/** Small letters, digits and hyphens. */
function packageName(name: string): string {
  return createScope('snake_case', []).allocate(name, 'network').identifier.replaceAll('_', '-');
}

function jsonFile(path: string, content: unknown): SourceFile {
  const text = JSON.stringify(content, null, 2).replace(/\[\s+("[^"]*")\s+\]/g, '[$1]');
  return { path, lines: linesOf(text.split('\n')) };
}
