/** How the time of compile grows with the drawing, and how little of it an edit repeats. */
import { compile } from '../../shared/compile';
import { applyEdit } from '../../shared/design/edits';
import type { Design } from '../../shared/design/schema';
import { library } from '../../shared/library';
import { createMemo } from '../../shared/passes/memo';
import { compareSides, report, type Side } from '../measure';
import { drawChain } from './drawChain';

const small = Array.from({ length: 10 }, () => drawChain(1000));
const large = drawChain(10_000);

/**
 * Milliseconds of compiling these drawings from nothing. What comes out is kept until the end, as a program in use is:
 * else small results die young, and the ratio tells of the garbage collector instead of compile.
 */
function fromNothing(designs: readonly Design[], name: string): Side {
  return {
    name,
    sample: () => {
      const start = performance.now();
      const compiled = designs.map((design) => ({ memo: createMemo(), design }));
      const programs = compiled.map(({ memo, design }) => compile(design, library, { memo }).program);
      if (programs.includes(null)) throw new Error('the drawing of the bench has errors');
      return (performance.now() - start) / designs.length;
    },
  };
}

/** Changes one Dense in the middle and compiles with the memo of the drawing before. */
function afterAnEdit(design: Design): { side: Side; inferences: () => number } {
  const memo = createMemo();
  compile(design, library, { memo });
  let units = 20_000;
  let last = 0;
  const side = {
    name: 'after an edit',
    sample: () => {
      const node = { id: 'n5000', layer: 'Dense', params: { units: ++units } };
      const edited = applyEdit(design, { edit: 'updateNode', in: 'main', id: 'n5000', node }).design;
      const before = memo.inferences;
      const start = performance.now();
      compile(edited, library, { memo });
      last = memo.inferences - before;
      return performance.now() - start;
    },
  };
  return { side, inferences: () => last };
}

async function main(): Promise<void> {
  const growth = await compareSides({
    what: 'compile: growth with the drawing',
    reference: fromNothing(small, '1,000 layers'),
    candidate: fromNothing([large], '10,000 layers'),
    bound: 12,
    pairs: 15,
  });
  const { side, inferences } = afterAnEdit(large);
  const edit = await compareSides({
    what: 'compile: an edit of 10,000 layers',
    reference: fromNothing([large], '10,000 layers'),
    candidate: side,
  });
  // The Dense, its ReLU, and the Dense after it: from there on every type is what it was.
  if (inferences() !== 3) throw new Error(`an edit asked ${inferences()} nodes for types instead of 3`);
  report([growth, edit]);
}

void main();
