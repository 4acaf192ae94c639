/** JSON that diffs well: one line for each entry of the outermost object, and for each item of a list in it. */
export function writeLines(document: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(document).map(([key, value]) => `${JSON.stringify(key)}: ${entry(value)}`);
  return `{\n  ${entries.join(',\n  ')}\n}\n`;
}

function entry(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n    ${value.map((item) => JSON.stringify(item)).join(',\n    ')}\n  ]`;
}
