/** What pip had whole when it was ended is taken again; what was torn is not. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepWheels, writeConstraints } from '../../../../electron/services/python/keptWheels';
import { wheel } from '../../../drivers/fakePython';
import { temporaryHome } from '../../../drivers/temporaryHome';

it('whole packages are moved, by the list that they were fetched for', async () => {
  const [from, to] = [join(temporaryHome(), 'unpacking'), join(temporaryHome(), 'downloads ä')];
  const put = (list: string, name: string, bytes: Uint8Array): void => {
    mkdirSync(join(from, list, 'pip-unpack-x'), { recursive: true });
    writeFileSync(join(from, list, 'pip-unpack-x', name), bytes);
  };
  const full = Buffer.concat([Buffer.alloc(100), wheel]);
  put('one', 'nvidia_cudnn_cu13-9.24.0.43-py3-none-linux.whl', full);
  put('one', 'torch-2.14.1-cp311-cp311-linux.whl', full.subarray(0, full.length - 1));
  put('two', 'torch-2.14.1+cpu-cp311-cp311-linux.whl', full);
  put('two', 'notes.txt', wheel);
  writeFileSync(join(from, 'tmp123'), wheel);
  await keepWheels(from, to);
  expect(readdirSync(join(to, 'one'))).toEqual(['nvidia_cudnn_cu13-9.24.0.43-py3-none-linux.whl']);
  expect(readdirSync(join(to, 'two'))).toEqual(['torch-2.14.1+cpu-cp311-cp311-linux.whl']);
  const file = await writeConstraints(join(to, 'one'));
  expect(readFileSync(file ?? '', 'utf8')).toMatch(
    /^nvidia-cudnn-cu13 @ file:\/\/\/\S+\/downloads%20%C3%A4\/one\/nvidia_cudnn_cu13-9\.24\.0\.43-py3-none-linux\.whl\n$/,
  );
});

it('where nothing was kept there is nothing to name', async () => {
  await keepWheels('/nowhere', '/nowhere');
  expect(await writeConstraints('/nowhere')).toBeNull();
});
