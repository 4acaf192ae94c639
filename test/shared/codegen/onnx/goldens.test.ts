/** The graph and the script of every sample and every hand-written design are committed beside it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstValues } from '../../../../electron/services/designs/firstValues';
import type { ExportFolder } from '../../../../shared/codegen/exportTarget';
import { onnxTarget } from '../../../../shared/codegen/onnx/onnxTarget';
import { textOf } from '../../../../shared/codegen/sourceFile';
import type { Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';

const golden = join(__dirname, '..', '..', '..', 'golden');

describe('the folder for ONNX', () => {
  it.each(goldenNames)('of %s is its golden', async (name) => {
    const { program, data } = await openGolden(name);
    data?.close();
    const source = { file: `${name}.netloom`, hash: '0'.repeat(64) };
    const request = { program, source, values: untrained(program), opset: 18, version: '0.0.0' };
    const written = onnxTarget.write(request);
    if ('obstacles' in written) throw new Error(JSON.stringify(written.obstacles));
    const { files, binaries } = written.folder;
    for (const file of files) await expect(textOf(file)).toMatchFileSnapshot(join(golden, name, 'onnx', file.path));
    const again = onnxTarget.write(request);
    expect('folder' in again && hashOf(again.folder.binaries)).toEqual(hashOf(binaries));
  });
});

function hashOf(binaries: ExportFolder['binaries']): string[] {
  return [...(binaries ?? [])].map(([path, bytes]) => `${path} ${createHash('sha256').update(bytes).digest('hex')}`);
}

function untrained(program: CheckedProgram): (group: string, name: string) => Values {
  const places = new Map(weightPlaces(program).map((place) => [place.key, place]));
  return (group, name) => {
    const place = places.get(`${group}/${name}`);
    if (!place) throw new Error(`no weight ${group}/${name}`);
    return { shape: place.spec.shape, data: firstValues(place, 1) };
  };
}
