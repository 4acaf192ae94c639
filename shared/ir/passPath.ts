/** How paths go on inside a call: the one place that says what `stage/2/conv1` looks like. */

/** What stands before the ids of the nodes of one pass: "stage/" of a call at `path`, "stage/2/" in a repeat. */
export function passPath(path: string, repeated: boolean, index: number): string {
  return repeated ? `${path}/${index}/` : `${path}/`;
}
