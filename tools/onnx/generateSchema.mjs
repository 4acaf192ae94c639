/**
 * Turns `onnx.proto` beside this file (version 1.17.0 of the official schema, IR version 10) into the TypeScript of
 * `shared/codegen/onnx/schema`. The two compilers are fetched by npx, which needs a network.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = fileURLToPath(new URL('../../shared/codegen/onnx/schema/onnx_pb.ts', import.meta.url));
const compilers = ['-p', '@bufbuild/buf@1.75.0', '-p', '@bufbuild/protoc-gen-es@2.17.0'];
const plan = {
  version: 'v2',
  plugins: [{ local: 'protoc-gen-es', out: 'out', opt: ['target=ts', 'import_extension=none'] }],
};

const folder = mkdtempSync(join(tmpdir(), 'netloom-onnx-'));
try {
  copyFileSync(join(here, 'onnx.proto'), join(folder, 'onnx.proto'));
  writeFileSync(join(folder, 'buf.gen.yaml'), JSON.stringify(plan));
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  execFileSync(npx, ['-y', ...compilers, 'buf', 'generate', '.'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  copyFileSync(join(folder, 'out', 'onnx_pb.ts'), target);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
