/** Names of values and nodes in an ONNX graph: identifiers as in C, each given once. */

const longest = 120;

/** Hands out every name once; `_2`, `_3` ... tell apart what would be equal. */
export function createValueNames(): (wanted: string, otherwise?: string) => string {
  const given = new Set<string>();
  return (wanted, otherwise = 'value') => {
    const base = asIdentifier(wanted) || otherwise;
    let name = base;
    for (let count = 2; given.has(name); count += 1) name = `${base}_${count}`;
    given.add(name);
    return name;
  };
}

/** Letters without their accents, digits and underscores; empty where nothing of the kind is left. */
export function asIdentifier(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{Mark}/gu, '');
  const parts = plain.split(/[^A-Za-z0-9_]+/).filter((part) => part !== '');
  const joined = parts.join('_').slice(0, longest);
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** "BatchNormalization" -> "batch_normalization". */
export function snakeCase(operator: string): string {
  return operator.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
}
