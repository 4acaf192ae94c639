// A design file is read, or its reader is told which line to mend.
import { describe, expect, it } from 'vitest';
import { parseDesign } from '../../../shared/design/parseDesign';

function complaints(text: string): string[] {
  const parsed = parseDesign(text, 'net.netloom');
  return 'problems' in parsed ? parsed.problems.map(({ message }) => message) : [];
}

describe('a design file', () => {
  it('may leave out whatever is empty', () => {
    const parsed = parseDesign('{"netloom": 1}', 'net.netloom');
    const empty = { netloom: 1, name: '', notes: '', nodes: [], wires: [], blocks: {}, canvasNotes: [], training: {} };
    expect(parsed).toEqual({ design: empty });
  });

  it('may start with a byte order mark', () => {
    expect(complaints('\ufeff{"netloom": 1}')).toEqual([]);
  });

  it('that is not JSON is told so with line and column', () => {
    expect(complaints('')).toEqual([expect.stringContaining('net.netloom is not JSON: it is empty')]);
    expect(complaints('{"netloom": 1,\n "nodes": [}')[0]).toContain('line 2, column 12: unexpected "}" where a value');
    expect(complaints('{"netloom": 1,}')[0]).toContain('line 1, column 15: unexpected "}" where a name in quotes');
    expect(complaints('{"netloom": 1')[0]).toContain('the text ends where "}" or a comma should be');
    expect(complaints('{"name": "a\nb"}')[0]).toContain('line 1, column 10: this text in quotes does not end properly');
    expect(complaints('{} x')[0]).toContain('line 1, column 4: unexpected "x" after the end');
    expect(complaints('['.repeat(1_000_000))[0]).toContain('nested too deeply');
  });

  it('of an unknown version says which versions are read', () => {
    expect(complaints('{"netloom": 2}')).toEqual([
      'net.netloom has format version 2; this Netloom reads version 1. Update Netloom, or save the design with an older one.',
    ]);
    expect(complaints('{"netloom": "1"}')[0]).toContain('format version "1"');
  });

  it('that is other JSON is not taken for a design', () => {
    for (const text of ['[]', 'null', '3', '"x"', '{"nodes": []}'])
      expect(complaints(text)[0]).toContain('expected a design: an object that starts with {"netloom": 1}');
  });

  it('names line, node and entry of everything that does not fit', () => {
    const text = [
      '{"netloom": 1, "nodes": [',
      '  {"id": "a"},',
      '  {"id": "1b", "layer": "Dense", "size": 3},',
      '  {"id": "c", "layer": "Dense", "times": 2, "position": [1]}],',
      ' "wires": [{"from": "a", "to": "b::x"}],',
      ' "blocks": {"main": {}, "stage": {"nodes": [{"id": "d", "layer": 3}]}},',
      ' "training": {"epochs": -1, "speed": 2, "optimizer": 3}, "data": {}}',
    ].join('\n');
    expect(complaints(text).map((one) => one.replace(/^net.netloom: |\. Correct this.*$/g, ''))).toEqual([
      'line 2, column 3, node "a": needs either "layer" or "block"',
      expect.stringContaining('line 3, column 10, node "1b", id: must start with a letter'),
      'line 3, column 3, node "1b": there is no entry "size" here',
      expect.stringContaining('line 4, column 57, node "c", position'),
      'line 5, column 32, wire "a → b::x", to: must be "node" or "node:port"',
      'line 6, column 21, block "main": must not be "main": that is the drawing itself',
      'line 6, column 66, block "stage", node "d", layer: expected a string, received number',
      'line 7, column 25, training.epochs: expected at least 1',
      'line 7, column 54, training.optimizer: expected a name, or {"type": name} with parameters',
      'line 7, column 14, training: there is no entry "speed" here',
      'line 7, column 66, data.source: expected a string, but it is missing',
    ]);
  });

  it('cannot smuggle in "__proto__" anywhere', () => {
    const place = complaints('{"netloom": 1, "nodes": [{"id": "a", "layer": "ReLU", "params": {"__proto__": 1}}]}')[0];
    expect(place).toContain('node "a", params.__proto__: the name "__proto__" is not allowed');
    expect(complaints('{"netloom": 1, "blocks": {"__proto__": {}}}')[0]).toContain('not allowed');
    expect(complaints('{"netloom": 1, "training": {"optimizer": {"type": "sgd", "__proto__": 1}}}')[0]).toContain(
      'not allowed',
    );
  });

  it('cannot nest parameters without end', () => {
    const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
    expect(complaints(`{"netloom": 1, "nodes": [{"id": "a", "layer": "X", "params": {"p": ${deep}}}]}`)[0]).toContain(
      'node "a", params.p: must be plain JSON',
    );
  });

  it('lists at most twenty problems', () => {
    const nodes = Array.from({ length: 100 }, (_, at) => ({ id: `n${at}` }));
    expect(complaints(JSON.stringify({ netloom: 1, nodes }))).toHaveLength(20);
  });
});
