/** Reads the project's own sources for the architecture test: what each file imports, and how long its functions are. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

export const root = join(__dirname, '..', '..');

export interface Import {
  /** A path from the root without extension ("shared/ir/ir"), or a package's name ("zod", "node:fs"). */
  target: string;
  typeOnly: boolean;
}

interface SourceText {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

export interface Source extends SourceText {
  lines: number;
  imports: Import[];
  functions: { name: string; lines: number; jsx: boolean }[];
}

const skipped = /^(.*\/)?(node_modules|dist|\.cache|\.git)$|^test\/golden\/.+$/;

/** By the name that the compiler of protocol buffers gives. */
const generated = /_pb\.ts$/;

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.test(path) ? [] : filesBelow(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') && !generated.test(path) ? [path] : [];
  });
}

/** Every TypeScript file below the folders, as it stands. */
export function readTexts(folders: readonly string[]): SourceText[] {
  return folders.flatMap(filesBelow).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Every TypeScript file below the folders, parsed. */
export function readSources(folders: readonly string[]): Source[] {
  return readTexts(folders).map(({ path, text }) => parseSource(path, text));
}

/** What stands in comments is not wanted. */
const settings = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

export function parseSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, settings, true);
  const source: Source = { path, text, lines: text.trimEnd().split('\n').length, imports: [], functions: [] };
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) source.imports.push({ ...found, target: resolveImport(path, found.target) });
    const length = functionOf(node, file);
    if (length) source.functions.push(length);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return source;
}

function importOf(node: ts.Node): Import | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause;
    const named = clause?.namedBindings;
    const eachIsType =
      named !== undefined && ts.isNamedImports(named) && !clause?.name && named.elements.every((e) => e.isTypeOnly);
    return { target: node.moduleSpecifier.text, typeOnly: (clause?.isTypeOnly ?? false) || eachIsType };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  const called = ts.isCallExpression(node) ? node : null;
  const callee = called?.expression;
  const isImport =
    callee?.kind === ts.SyntaxKind.ImportKeyword ||
    (callee !== undefined && ts.isIdentifier(callee) && callee.text === 'require');
  const argument = called?.arguments[0];
  if (isImport && argument && ts.isStringLiteral(argument)) return { target: argument.text, typeOnly: false };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { target: node.argument.literal.text, typeOnly: true };
  }
  return null;
}

function resolveImport(from: string, target: string): string {
  if (!target.startsWith('.')) return target;
  return relative(root, join(root, dirname(from), target))
    .split(sep)
    .join('/');
}

function functionOf(node: ts.Node, file: ts.SourceFile): Source['functions'][number] | null {
  const isFunction = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node);
  if (!isFunction && !ts.isMethodDeclaration(node) && !ts.isConstructorDeclaration(node)) return null;
  if (!node.body) return null;
  const line = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const name = node.name?.getText() ?? `anonymous at line ${line(node.getStart()) + 1}`;
  const jsx = file.fileName.endsWith('.tsx');
  return { name, lines: line(node.getEnd()) - line(node.getStart()) + 1, jsx };
}

/** The value below which a share of the sorted values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
