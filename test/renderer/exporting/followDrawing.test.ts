/** The code that is shown follows the drawing: each change is written once, and only where somebody looks. */
import { describe, expect, it } from 'vitest';
import { followDrawing, type Followed, type Tools } from '../../../renderer/exporting/followDrawing';
import type { Wanted } from '../../../renderer/exporting/writtenCode';
import type { Studio } from '../../../renderer/state/studio';
import type { Target } from '../../../shared/ir/emit/emission';
import type { Edit } from '../../../shared/design/edits';
import { designSchema, type DesignNode } from '../../../shared/design/schema';
import { smallDesign } from '../../drivers/smallDesign';
import { fakeStudio, openedDocument } from '../fakeStudio';

interface Story {
  studio: Studio;
  /** Every writing, in order. */
  written: { target: Target; wanted: Wanted }[];
  told: Followed[];
  /** Lets moments pass until nothing is waiting. */
  settle: () => Promise<void>;
  change: (change: Partial<DesignNode>) => void;
  end: () => void;
}

/** Time passes when the story says so. */
async function story(lacking: Partial<Record<Target, number>> = {}): Promise<Story> {
  const { studio } = fakeStudio();
  const design = designSchema.parse(smallDesign());
  studio.document.getState().load(openedDocument(design, { key: 'k' }), design);
  const written: Story['written'] = [];
  const told: Followed[] = [];
  const moments: (() => void)[] = [];
  const tools: Tools = {
    write: (target, wanted) => {
      written.push({ target, wanted });
      const obstacle = { path: 'a', name: 'a', why: 'None.', instead: 'Another.' };
      const missing = lacking[target] ?? 0;
      return missing > 0 ? { obstacles: Array.from({ length: missing }, () => obstacle) } : { files: [] };
    },
    hash: (text) => Promise.resolve(`hash of ${text}`),
    later: (work) => void moments.push(work),
  };
  const end = followDrawing(studio, tools, (followed) => told.push(followed));
  const settle = async (): Promise<void> => {
    do {
      for (const work of moments.splice(0)) work();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    } while (moments.length > 0);
  };
  const change = (changed: Partial<DesignNode>): void => {
    const node = studio.document.getState().design.nodes.find(({ id }) => id === 'hidden1')!;
    const edit: Edit = { edit: 'updateNode', in: 'main', id: node.id, node: { ...node, ...changed } as DesignNode };
    studio.document.getState().edit('a change', edit);
  };
  await settle();
  return { studio, written, told, settle, change, end };
}

const targetsOf = (written: Story['written']): Target[] => written.map(({ target }) => target);

describe('code that is shown', () => {
  it('is written at once, then the other targets are asked, each once', async () => {
    const { written, told } = await story({ onnx: 2 });
    expect(targetsOf(written)).toEqual(['pytorch', 'keras', 'tfjs', 'onnx']);
    expect(told[0]?.lacking).toEqual({ pytorch: 0 });
    expect(told.at(-1)).toMatchObject({ code: { target: 'pytorch' }, lacking: { keras: 0, tfjs: 0, onnx: 2 } });
  });

  it('is written once for an edit, with the program and the hash of the same drawing', async () => {
    const { written, settle, change } = await story();
    written.length = 0;
    change({ params: { units: 9 } });
    change({ params: { units: 10 } });
    await settle();
    expect(targetsOf(written)).toEqual(['pytorch', 'keras', 'tfjs', 'onnx']);
    for (const { wanted } of written) {
      const { nodes } = wanted.program.main;
      expect(nodes.find(({ id }) => id === 'hidden1')).toMatchObject({ params: { units: 10 } });
      expect(wanted.source.hash).toMatch(/"units": 10/);
    }
  });

  it('alone is written again where a change leaves the program as it is', async () => {
    const { written, settle, change, studio } = await story();
    written.length = 0;
    change({ position: [40, 40] });
    await settle();
    expect(targetsOf(written), 'only its hash is another').toEqual(['pytorch']);
    studio.view.getState().select(['hidden1']);
    studio.document.getState().markSaved('/home/somebody/net.netloom', studio.document.getState().revision);
    await settle();
    expect(targetsOf(written), 'and here its file').toEqual(['pytorch', 'pytorch']);
    expect(written[1]?.wanted.source.file).toBe('net.netloom');
  });

  it('is that of the target and the opset that are chosen', async () => {
    const { written, told, settle, studio } = await story();
    written.length = 0;
    studio.exporting.getState().set({ target: 'onnx' });
    await settle();
    studio.settings.getState().change({ opset: 20 });
    await settle();
    expect(written.map(({ target, wanted }) => [target, wanted.opset])).toEqual([
      ['onnx', 18],
      ['onnx', 20],
    ]);
    expect(told.at(-1)?.code?.target).toBe('onnx');
  });

  it('is gone while the drawing does not compile, and comes back; nothing follows a panel that was closed', async () => {
    const { written, told, settle, change, end } = await story();
    change({ params: { units: -1 } });
    await settle();
    expect(told.at(-1)).toEqual({ code: null, lacking: {} });
    change({ params: { units: 8 } });
    await settle();
    expect(told.at(-1)?.code).not.toBeNull();
    end();
    written.length = 0;
    change({ params: { units: 9 } });
    await settle();
    expect(written).toEqual([]);
  });
});
