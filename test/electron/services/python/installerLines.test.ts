/** What pip and uv write, as they wrote it, becomes progress and named errors. */
import { describe, expect, it } from 'vitest';
import type { EndedProgram } from '../../../../electron/services/python/childProgram';
import { installFailure } from '../../../../electron/services/python/installFailure';
import { installProgress } from '../../../../electron/services/python/installProgress';
import { isEnough, lackingFor, packagesAmong } from '../../../../electron/services/python/pythonPackages';

const stepsOf = (text: string): string[] => {
  const read = installProgress();
  const told = text.split('\n').flatMap((line) => read(line) ?? []);
  return told.map(({ step, done, total }) => (total === null ? step : `${step}: ${done}/${total}`));
};

describe('progress', () => {
  it('of pip names what is large, with its bytes, and says little of the rest', () => {
    const pip = [
      'Collecting torch==2.14.1',
      '  Downloading torch-2.14.1-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (31 kB)',
      'Collecting numpy==2.2.6',
      'Downloading torch-2.14.1-cp311-cp311-manylinux_2_28_x86_64.whl (889.6 MB)',
      'Progress 0 of 889600000',
      'Progress 444800000 of 889600000',
      'Downloading filelock-4.2.11-py3-none-any.whl (32 kB)',
      'Installing collected packages: filelock, numpy, torch',
      'Successfully installed filelock-4.2.11 numpy-2.2.6 torch-2.14.1',
    ];
    expect(stepsOf(pip.join('\n'))).toEqual([
      'finding out which packages are needed',
      'downloading torch 2.14.1 (889.6 MB)',
      'downloading torch 2.14.1 (889.6 MB): 0/889600000',
      'downloading torch 2.14.1 (889.6 MB): 444800000/889600000',
      'downloading what else is needed',
      'unpacking',
    ]);
  });

  it('of uv is what it says', () => {
    const uv =
      'Resolved 54 packages in 1.20s\nDownloading torch (848.4MiB)\n Downloaded torch\nPrepared 54 packages in 40s';
    expect(stepsOf(uv)).toEqual(['54 packages resolved', 'downloading torch (848.4 MB)', '54 packages prepared']);
  });
});

describe('an installer that failed', () => {
  const ended = (errors: string, more: Partial<EndedProgram> = {}): EndedProgram => {
    return { how: 'ended', code: 1, signal: null, cause: '', output: '', errors, ...more };
  };
  const step = {
    what: 'PyTorch',
    folder: '/home/x/engines/verify',
    command: 'npx netloom engines install verify --yes',
  };
  const codeOf = (end: EndedProgram): unknown => (installFailure(end, step) as { code?: string }).code;

  it.each([
    ['disk-full', "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device: '/x'"],
    ['disk-full', 'OSError: [Errno 122] Disk quota exceeded'],
    [
      'disk-full',
      'error: Failed to install: torch\n  Caused by: failed to copy file: No space left on device (os error 28)',
    ],
    ['disk-full', 'OSError: [WinError 112] There is not enough space on the disk'],
    [
      'unreachable',
      "urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files', port=443): Read timed out.",
    ],
    [
      'unreachable',
      "Retrying after connection broken by 'ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403 Forbidden'))': /simple/torch/\nERROR: No matching distribution found for torch",
    ],
    [
      'unreachable',
      'error: Request failed after 3 retries\n  Caused by: Failed to fetch: `https://index/simple/torch/`\n  Caused by: dns error: failed to lookup address information',
    ],
    [
      'unreachable',
      'SSLError(SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"))',
    ],
    ['not-allowed', "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'"],
    ['not-allowed', 'OSError: [Errno 30] Read-only file system'],
    ['install-failed', 'ERROR: No matching distribution found for tensorflow-cpu==2.21.0'],
    ['install-failed', '  × No solution found when resolving dependencies:'],
    ['install-failed', 'something quite else'],
  ])('is told of as %s: %s', (code, errors) => {
    const problem = installFailure(ended(errors), step);
    expect(codeOf(ended(errors))).toBe(code);
    expect(problem.message).toContain(step.command);
    expect(problem.message).not.toMatch(/\n|undefined/);
  });

  it('that was ended by a signal or was not there is told of too', () => {
    expect(installFailure(ended('', { code: null, signal: 'SIGKILL' }), step).message).toContain('ended with SIGKILL');
    const gone = { how: 'not-started', code: null, cause: 'ENOENT' } as const;
    expect(installFailure(ended('', gone), step).message).toContain('the installer did not start (ENOENT)');
    expect(codeOf(ended('', { how: 'aborted', code: null }))).toBe('cancelled');
  });
});

describe('versions', () => {
  it.each([
    ['2.15.0+cpu', '2.9', true],
    ['2.9', '2.15', false],
    ['3', '3.0', true],
    ['3.0.0rc1', '3.0', true],
    ['0.4.19', '0.4.20', false],
    ['unknown', '0.1', false],
    [undefined, '0.0', false],
  ])('%s is enough for %s: %s', (version, least, enough) => expect(isEnough(version, least)).toBe(enough));

  it('are those of any distribution of a package', () => {
    const found = packagesAmong({ 'tensorflow-cpu': '2.21.0', 'onnxruntime-gpu': '1.30.0', pandas: '3' });
    expect(found).toEqual({ tensorflow: '2.21.0', onnxruntime: '1.30.0' });
    expect(lackingFor(['keras'], { ...found, keras: '3.12.4', numpy: '2.2' })).toEqual(['safetensors']);
  });
});
