/** A wire that cannot fit is refused while it is drawn, with the very sentence that the compiler would say. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../shared/compile';
import { library } from '../../../../shared/library';
import { connectEdit } from '../../../../renderer/state/drawing/wireEdits';
import { createWireJudge, type Verdict } from '../../../../renderer/state/drawing/wireJudge';
import type { Design } from '../../../../shared/design/schema';
import { after, drawing, rowsOf, wiresText } from './drawings';

const image = { image: { shape: [8, 8, 3] }, flat: { shape: [5] }, small: { shape: [4, 4, 3] } };

function judge(design: Design, from: string, to: string): Verdict {
  const [node = '', port] = to.split('.');
  return createWireJudge(design, rowsOf(design)).judge({ node: from, port: null }, { node, port: port ?? null });
}

function why(verdict: Verdict): string {
  if (verdict.fits) return 'fits';
  return verdict.refusal.why;
}

describe('a wire being drawn', () => {
  it('may end where the type fits', () => {
    const design = drawing('image:Input conv:Conv2D', '', image);
    expect(judge(design, 'image', 'conv')).toEqual({ fits: true, wire: { from: 'image', to: 'conv' }, replaces: null });
  });

  it('is refused at its own node, where it closes a cycle, and where there is no port', () => {
    const design = drawing('image:Input a:ReLU b:ReLU c:ReLU out:Output', 'image>a a>b b>c', image);
    expect(why(judge(design, 'a', 'a'))).toBe('sameNode');
    expect(why(judge(design, 'c', 'a'))).toBe('cycle');
    expect(why(judge(design, 'a', 'image'))).toBe('noInput');
    expect(why(judge(design, 'out', 'a'))).toBe('noOutput');
    expect(why(judge(design, 'a', 'b'))).toBe('exists');
  });

  it('replaces the wire at a port that takes one', () => {
    const design = drawing('image:Input other:Input a:ReLU', 'image>a', { ...image, other: { shape: [8, 8, 3] } });
    const verdict = judge(design, 'other', 'a');
    expect(verdict).toMatchObject({ fits: true, replaces: { from: 'image', to: 'a' } });
    if (verdict.fits)
      expect(wiresText(after(design, connectEdit(design, verdict.wire, [verdict.replaces])))).toBe('other>a');
  });

  it('is refused with the sentence of the compiler where the types do not go together', () => {
    const design = drawing('flat:Input conv:Conv2D', '', image);
    const verdict = judge(design, 'flat', 'conv');
    const said = compile(after(design, connectEdit(design, { from: 'flat', to: 'conv' })), library).diagnostics;
    expect(verdict.fits).toBe(false);
    if (verdict.fits || verdict.refusal.why !== 'unfit') throw new Error('unfit is expected');
    expect(said.map(({ message }) => message)).toContain(verdict.refusal.problem.message);
  });

  it('takes the next free input of a merge, as long as the sizes agree with the others', () => {
    const design = drawing('image:Input small:Input same:Input add:Add', 'image>add.input0', {
      ...image,
      same: { shape: [8, 8, 3] },
    });
    expect(why(judge(design, 'small', 'add'))).toBe('unfit');
    expect(judge(design, 'same', 'add')).toMatchObject({ fits: true, replaces: null });
    expect(judge(design, 'same', 'add.input0')).toMatchObject({ fits: true, replaces: { from: 'image' } });
  });

  it('goes to the ports of attention in their order, and to each by name', () => {
    const words = { words: { shape: [12, 16] }, more: { shape: [9, 16] } };
    const design = drawing('words:Input more:Input att:MultiHeadAttention', 'words>att', words);
    expect(judge(design, 'more', 'att')).toMatchObject({ fits: true, wire: { to: 'att:value' } });
    expect(judge(design, 'more', 'att.query')).toMatchObject({ fits: true, replaces: { from: 'words' } });
  });

  it('is not refused where the source is wrong itself: nothing is known of what it would carry', () => {
    const design = drawing('lost:Conv2D dense:Dense');
    expect(judge(design, 'lost', 'dense').fits).toBe(true);
  });

  it('that is being moved does not stand in its own way', () => {
    const design = drawing('image:Input a:ReLU b:ReLU', 'image>a a>b', image);
    const { judge: moving } = createWireJudge(design, rowsOf(design), design.wires[1]);
    expect(moving({ node: 'b', port: null }, { node: 'a', port: null }).fits).toBe(true);
  });
});
