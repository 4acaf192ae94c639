/** Bad designs and bad command lines, one story each: every one with a message of its own that says what to do. */
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { designFile, own } from '../../drivers/badInput';
import { commandLine, type Ran } from '../../drivers/commandLine';
import { temporaryHome } from '../../drivers/temporaryHome';

let home = '';
beforeEach(() => {
  home = temporaryHome();
});

const netloom = (words: string[]): Promise<Ran> => commandLine(words, { home, folder: home, columns: 1000 });

/** Refused, with exit 1, by `check` and by `train` alike, and no run comes of it. */
async function refusal(file: string): Promise<string> {
  const checked = await netloom(['check', file]);
  const trained = await netloom(['train', file]);
  expect([checked.code, trained.code]).toEqual([1, 1]);
  expect(trained.errors).toMatch(/story.netloom has \d errors?: correct/);
  const sentence = /^error.*$/m.exec(checked.output)?.[0] ?? '';
  expect(trained.errors).toContain(sentence.slice(sentence.lastIndexOf(': ')));
  expect(checked.output).toMatch(/story.netloom: \d errors?/);
  expect((await netloom(['runs'])).output).toContain('No runs yet');
  return checked.output;
}

describe('a design file', () => {
  it('that is not JSON', async () => {
    const file = designFile(home);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"wires": [', '"wires": ('));
    own(await refusal(file), 'story.netloom is not JSON: line ', 'unexpected "("', 'mend that place');
  });

  it('of a version that is not known', async () => {
    const message = await refusal(designFile(home, (design) => (design.netloom = 99)));
    own(message, 'story.netloom has format version 99', 'this Netloom reads version 1', 'Update Netloom');
  });

  it('with a layer that is not known', async () => {
    const message = await refusal(designFile(home, ({ nodes }) => void (nodes[1]!.layer = 'Dens')));
    own(message, 'error hidden: There is no layer "Dens". Did you mean Dense?', '→ Make it Dense');
  });

  it('with a cycle', async () => {
    const message = await refusal(
      designFile(home, ({ nodes, wires }) => {
        nodes.push({ id: 'sum', layer: 'Add' });
        wires.splice(0, 1, { from: 'point', to: 'sum:input0' }, { from: 'hidden', to: 'sum:input1' });
        wires.push({ from: 'sum', to: 'hidden' });
      }),
    );
    own(message, /run in a circle: (hidden → sum → hidden|sum → hidden → sum)/, 'Remove one of them');
  });

  it('with a wire to nowhere', async () => {
    const message = await refusal(designFile(home, ({ wires }) => void wires.push({ from: 'hidden', to: 'gone' })));
    own(message, 'The wire hidden → gone leads nowhere: there is no node "gone"', '→ Remove the wire');
  });

  it.each([
    ['zero', 0, 'expected a whole number at least 1, received 0'],
    ['negative', -3, 'expected a whole number at least 1, received -3'],
    ['beyond what can be counted', 2e10, 'at most 2147483647, received 20000000000'],
  ])('with a size of %s', async (_, units, said) => {
    const message = await refusal(designFile(home, ({ nodes }) => void (nodes[1]!.params = { units })));
    own(message, `error hidden · units: `, said, '→ Set units to');
  });

  it('with more than memory holds, in one tensor and in all', async () => {
    const tensor = await refusal(designFile(home, ({ nodes }) => void (nodes[1]!.params = { units: 2_000_000_000 })));
    own(tensor, 'error hidden', '2^31');
    const all = designFile(home, (design) => {
      for (const id of ['hidden', 'wide', 'wider']) {
        design.nodes = design.nodes.filter((node) => node.id !== id);
        design.nodes.splice(-2, 0, { id, layer: 'Dense', params: { units: 46_000 } });
      }
      design.wires.splice(1, 1, { from: 'hidden', to: 'wide' }, { from: 'wide', to: 'wider' });
      design.wires.push({ from: 'wider', to: 'logits' });
      design.data = { source: 'csv', file: 'table.csv', target: 'kind' };
    });
    const message = (await netloom(['check', all])).output;
    own(message, 'story.netloom: ', 'GiB');
  });
});

describe('a command line', () => {
  it('with a flag that is not known: exit 2, what was probably meant, and as JSON too', async () => {
    const { code, errors } = await netloom(['train', designFile(home), '--epoch', '3']);
    expect(code).toBe(2);
    own(errors, "unknown option '--epoch'", 'Did you mean --epochs?', '--help');
    const json = await netloom(['train', designFile(home), '--epoch', '3', '--json']);
    expect(json.json()).toEqual([expect.objectContaining({ event: 'error', code: 'usage' })]);
  });
});
