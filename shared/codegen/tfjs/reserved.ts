/** Words that have a meaning of their own in generated TypeScript: no name of a drawing becomes one of them. */

const keywords = [
  ...['abstract', 'any', 'arguments', 'as', 'asserts', 'async', 'await', 'bigint', 'boolean', 'break', 'case', 'catch'],
  ...['class', 'const', 'constructor', 'continue', 'debugger', 'declare', 'default', 'delete', 'do', 'else', 'enum'],
  ...['eval', 'export', 'extends', 'false', 'finally', 'for', 'from', 'function', 'get', 'global', 'if', 'implements'],
  ...['import', 'in', 'infer', 'instanceof', 'interface', 'is', 'keyof', 'let', 'module', 'namespace', 'never', 'new'],
  ...['null', 'number', 'object', 'of', 'out', 'override', 'package', 'private', 'protected', 'public', 'readonly'],
  ...[
    'require',
    'return',
    'satisfies',
    'set',
    'static',
    'string',
    'super',
    'switch',
    'symbol',
    'this',
    'throw',
    'true',
  ],
  ...['try', 'type', 'typeof', 'undefined', 'unique', 'unknown', 'using', 'var', 'void', 'while', 'with', 'yield'],
];

/** What a reader takes for JavaScript's own. */
const globals = [
  ...['array', 'buffer', 'console', 'date', 'error', 'exports', 'globalThis', 'infinity', 'isFinite', 'isNaN', 'json'],
  ...['map', 'math', 'nan', 'Object', 'parseFloat', 'parseInt', 'process', 'promise', 'proto', 'prototype', 'reflect'],
  ...['regExp', 'Symbol', 'window', 'hasOwnProperty', 'toString', 'valueOf'],
];

/** Names of the modules themselves. */
const own = ['tf', 'apply', 'createModel', 'loadWeights', 'main', 'name', 'index', 'layers'];

export const reservedWords: readonly string[] = [...keywords, ...globals, ...own];
