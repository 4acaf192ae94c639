// Wires find their ports, or the drawing is told which do not.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { applyEdit } from '../../../shared/design/edits';
import { repairEdit } from '../../../shared/design/repairEdit';
import type { Design } from '../../../shared/design/schema';
import { functionInputNode } from '../../../shared/ir/ir';
import { library } from '../../../shared/library';
import type { Diagnostic } from '../../../shared/messages';
import type { Repair } from '../../../shared/messages/define';
import { lower } from '../../../shared/passes/lower';
import { createMemo } from '../../../shared/passes/memo';
import { bodyOf, drawing, type Line } from '../../generators/drawing';

function inputsOf(lines: readonly Line[], node: string): Record<string, string> {
  const { ir } = lower(drawing(lines), library, createMemo());
  const found = ir.functions.get('main')?.nodes.find(({ id }) => id === node);
  return Object.fromEntries(
    Object.entries(found?.inputs ?? {}).map(([port, ref]) => [port, `${ref.node}:${ref.port}`]),
  );
}

function errors(design: Design): string[] {
  const { diagnostics } = compile(design, library);
  return diagnostics.filter(({ severity }) => severity === 'error').map((one) => `${one.node}: ${one.message}`);
}

const start: Line[] = ['a: Input', 'b: Input', 'c: Input'];

describe('wires', () => {
  it('mean the first output and the first input where they name no port', () => {
    expect(inputsOf([...start, 'd: ReLU', 'a > d'], 'd')).toEqual({ input: 'a:output' });
    expect(inputsOf([...start, 'd: ReLU', 'a:output > d:input'], 'd')).toEqual({ input: 'a:output' });
  });

  it('to a port that takes many are numbered: as asked, then in their order, without gaps', () => {
    const add: Line[] = [...start, 'd: Add'];
    expect(inputsOf([...add, 'a > d', 'b > d'], 'd')).toEqual({ input0: 'a:output', input1: 'b:output' });
    expect(inputsOf([...add, 'a > d:input1', 'b > d:input0'], 'd')).toEqual({ input0: 'b:output', input1: 'a:output' });
    expect(inputsOf([...add, 'a > d:input7', 'b > d', 'c > d:input2'], 'd')).toEqual({
      input0: 'c:output',
      input1: 'a:output',
      input2: 'b:output',
    });
  });

  it('in a block start at its Inputs and end at its Outputs', () => {
    const block = { params: {}, ...bodyOf(['x: Input', 'f: ReLU', 'y: Output', 'z: Output', 'x > f > y', 'x > z']) };
    const { ir } = lower(drawing([], { blocks: { block } }), library, createMemo());
    expect(ir.functions.get('block')).toMatchObject({
      inputs: ['x'],
      outputs: { y: { node: 'f', port: 'output' }, z: { node: functionInputNode, port: 'x' } },
      nodes: [{ id: 'f', inputs: { input: { node: functionInputNode, port: 'x' } } }],
    });
  });

  it('to or from nowhere, to ports that are not there, and one too many, are named and can be removed', () => {
    expect(errors(drawing([...start, 'd: ReLU', 'a > d', 'ghost > d', 'a > phantom']))).toEqual([
      expect.stringContaining('d: The wire ghost → d leads nowhere: there is no node "ghost"'),
      expect.stringContaining('a: The wire a → phantom leads nowhere: there is no node "phantom"'),
      expect.stringContaining('no Output'),
    ]);
    expect(
      errors(drawing([...start, 'd: ReLU', 'o: Output', 'a > d:nose', 'a:ear > d', 'd > a', 'a > d > o', 'b > d'])),
    ).toEqual([
      'd: The wire a → d:nose ends at the input "nose", which this node does not have. Its inputs: input.',
      'a: The wire a:ear → d starts at the output "ear", which this node does not have. Its outputs: output.',
      'a: The wire d → a ends at the input "input", which this node does not have. Its inputs: none.',
      'd: The input input takes one wire; b → d is one too many. Remove it, or join the values by an Add or Concatenate.',
    ]);
  });

  it('from an Output are refused, in a block too, and start at what leads to it instead', () => {
    const lines: Line[] = ['a: Input', 'd: Dense', 'o: Output', 'e: Dense', 'p: Output', 'a > d > o > e > p'];
    const design = drawing(lines);
    expect(errors(design)).toContain(
      'o: The wire o → e starts at an Output, where values leave. Start it at the node that leads to the Output.',
    );
    const found = compile(design, library).diagnostics.find(({ code }) => code === 'wireFromOutput') as Diagnostic;
    expect(found.repairs.map(({ title }) => title)).toEqual(['Start it at d', 'Remove the wire']);
    const mended = applyEdit(design, repairEdit(design, found, found.repairs[0] as Repair)).design;
    expect(errors(mended)).toEqual([]);
    expect(mended.wires).toContainEqual({ from: 'd', to: 'e' });
    const inBlock = drawing(['i: Input', 'b: @block', 'z: Output', 'i > b > z'], { blocks: { block: bodyOf(lines) } });
    expect(errors(inBlock)).toContainEqual(expect.stringContaining('b/o: The wire o → e starts at an Output'));
  });

  it('that are missing are asked for, with the one value that waits as a repair', () => {
    const { diagnostics } = compile(drawing(['a: Input', 'd: Dense', 'o: Output', 'd > o']), library);
    expect(diagnostics.find(({ code }) => code === 'unconnectedInput')).toMatchObject({
      node: 'd',
      port: 'input',
      repairs: [{ title: 'Connect a here', actions: [{ action: 'addWire', from: 'a:output', to: 'd:input' }] }],
    });
    expect(errors(drawing(['a: Input', 'd: Add', 'a > d']))[0]).toBe(
      'd: Expected at least 2 wires at input, received 1. Connect more values to it.',
    );
  });
});

describe('nodes', () => {
  it('of unknown layers and blocks get suggestions, and what follows them is not blamed', () => {
    const design = drawing(['a: Input', 'd: Linaer', 's: @stag', 'o: Output', 'a > d > s > o'], {
      blocks: { stage: {} },
    });
    expect(errors(design)).toEqual([
      'd: There is no layer "Linaer". Did you mean Dense?',
      's: The design has no block "stag". Did you mean stage?',
    ]);
  });

  it('with one id twice are named', () => {
    expect(errors(drawing(['a: Input', 'a: Input', 'o: Output', 'a > o']))[0]).toContain(
      'a: Two nodes have the id "a"',
    );
  });

  it('in a block that contains itself, directly or through others, are named', () => {
    const blocks = {
      one: bodyOf(['x: Input', 'c: @two', 'y: Output', 'x > c > y']),
      two: bodyOf(['x: Input', 'd: @one', 'y: Output', 'x > d > y']),
      self: bodyOf(['again: @self']),
    };
    const design = drawing(['i: Input', 'b: @one', 's: @self', 'o: Output', 'i > b > o'], { blocks });
    expect(errors(design)).toEqual([
      'b/c/d: A block cannot contain itself: one → two → one. Remove one of these calls.',
      's/again: A block cannot contain itself: self → self. Remove one of these calls.',
    ]);
  });

  it('called "constructor" are ordinary nodes', () => {
    const design = drawing(['constructor: Input', 'toString: Dense', 'o: Output', 'constructor > toString > o']);
    expect(errors(design)).toEqual([]);
    expect(errors(drawing(['a: constructor', 'b: @toString', 'o: Output', 'a:valueOf > o']))).toHaveLength(2);
  });
});
