// JSON.parse keeps the last of two equal keys without a word; in a file from a stranger that hides what a reader elsewhere sees.

/** The first key that occurs twice in one object of a JSON text, or null. The text must be valid JSON. */
export function duplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  // Within valid JSON a string is a key exactly where a colon follows it; inside an array none does.
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const keys = open[open.length - 1];
      const key = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}
