/** Bad data and a full disk, one story each, through the command line: every one with a message that says what to do. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { designFile, own, tableFile } from '../../drivers/badInput';
import { assets, commandLine, type Ran } from '../../drivers/commandLine';
import { netloomProcess, netloomScript } from '../../drivers/netloomProcess';
import { temporaryHome } from '../../drivers/temporaryHome';
import { npzBytes } from '../services/data/npyBytes';

let home = '';
beforeEach(() => {
  home = temporaryHome();
});

const netloom = (words: string[], mirror?: string): Promise<Ran> =>
  commandLine(words, { home, folder: home, mirror, columns: 1000 });

const sample = (name: string): string => join(assets, 'designs', `${name}.netloom`);

async function trainingRefusal(file: string, mirror?: string): Promise<Ran> {
  const ran = await netloom(['train', file], mirror);
  expect(ran.code).toBeGreaterThan(0);
  expect((await netloom(['runs'])).output).toContain('No runs yet');
  return ran;
}

describe('data', () => {
  it('with labels outside the classes', async () => {
    const file = designFile(home, (design) => void (design.data = { source: 'npz', file: 'arrays.npz', classes: 3 }));
    const labels = Array.from({ length: 60 }, (_, index) => (index === 41 ? 7 : index % 3));
    writeFileSync(
      join(home, 'arrays.npz'),
      npzBytes({
        x: { dtype: '<f4', shape: [60, 2], values: labels.flatMap((label) => [label, 1]) },
        y: { dtype: '<i4', shape: [60], values: labels },
      }),
    );
    const { code, errors } = await trainingRefusal(file);
    expect(code).toBe(1);
    own(errors, 'arrays.npz: y: the label 7 at position 41 is outside the classes', '0 to 2', 'set data.classes to 8');
  });

  it('with more classes than the output has scores for', async () => {
    tableFile(home);
    const { errors } = await trainingRefusal(designFile(home, ({ nodes }) => void (nodes[2]!.params = { units: 2 })));
    own(errors, 'error output', '3 classes of "label"', 'receives 2', '→ Set units of logits to 3');
  });

  it('with text in a column of numbers', async () => {
    tableFile(home, { 18: '16,sixteen,b' });
    const { code, errors } = await trainingRefusal(designFile(home));
    expect(code).toBe(1);
    own(errors, 'table.csv, row 18, column "width": "sixteen" is not a number', 'Correct the cell');
  });

  it('in an NPZ that is cut short', async () => {
    const whole = npzBytes({ x: { dtype: '<f4', shape: [9, 2], values: Array<number>(18).fill(1) } });
    writeFileSync(join(home, 'arrays.npz'), whole.subarray(0, 100));
    const { code, errors } = await trainingRefusal(
      designFile(home, (design) => void (design.data = { source: 'npz', file: 'arrays.npz' })),
    );
    expect(code).toBe(1);
    own(errors, 'arrays.npz', 'cut short', '(byte 100)', 'copy it again');
  });

  it('whose checksum differs from the published one', async () => {
    // As long as the true file, so that only its content tells.
    const wrong = Buffer.alloc(9_912_422, 7);
    const server = createServer((_, response) => response.end(wrong));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, errors } = await trainingRefusal(sample('mnist-mlp'), mirror);
    server.close();
    expect(code).toBe(1);
    own(errors, `${mirror}/mnist/`, 'checksum');
  });

  it('that are not where the design says', async () => {
    own(
      (await trainingRefusal(designFile(home))).errors,
      'table.csv could not be read',
      'does not exist',
      'Check the path',
    );
  });
});

describe('a full disk', () => {
  // Builds what is not built yet, which needs the disk.
  beforeEach(() => netloomProcess(['--version'], { home }).ended);

  /** A shell lets no file grow beyond `blocks` of 1,024 bytes, which is as near to a full disk as everybody can come. */
  const limited = (blocks: number, words: string[]): ReturnType<typeof netloomProcess> =>
    netloomProcess(words, {
      home,
      command: ['bash', '-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, netloomScript],
    });

  it('while data are prepared: exit 3, nothing half-made stays', async () => {
    const shell = limited(1, ['data', 'fetch', 'digits']);
    expect((await shell.ended).code).toBe(3);
    own(shell.errors().replaceAll('\n', ' '), 'image.train.bin', 'could not be written', 'ulimit -f');
    expect((await netloom(['data', 'fetch', 'digits'])).code).toBe(0);
  });

  it('while training: the run fails by name, keeps what it has, and goes on when there is room', async () => {
    await netloom(['data', 'fetch', 'digits']);
    const shell = limited(200, ['train', sample('digits-cnn'), '--epochs', '2', '--seed', '3', '--json']);
    expect((await shell.ended).code).toBe(1);
    const done = shell.events().pop();
    expect(done).toMatchObject({ event: 'done', state: 'failed' });
    own(
      shell.errors(),
      /checkpoints\/\w+\.safetensors could not be written/,
      'Nothing that was complete before is lost',
    );
    const resumed = await netloom(['resume', String(done?.run), '--json']);
    expect(resumed.json().pop()).toMatchObject({ event: 'done', state: 'finished', epochs: 2 });
  });
});
