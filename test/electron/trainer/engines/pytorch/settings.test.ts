/** NETLOOM_PYTORCH is read as it is meant, and what it may not say is answered with what it may. */
import { describe, expect, it } from 'vitest';
import { launchWords, pytorchSettings, settingFields } from '../../../../../electron/trainer/engines/pytorch/settings';

const settings = (text?: string): ReturnType<typeof pytorchSettings> => pytorchSettings({ NETLOOM_PYTORCH: text });

describe('NETLOOM_PYTORCH', () => {
  it('sets what it names and leaves the rest as usual', () => {
    expect(settings()).toMatchObject({ device: 'auto', precision: null, processes: 1, threads: null });
    expect(settings('device=cuda:1, precision=bfloat16 compile=auto')).toEqual({
      ...settings(),
      device: 'cuda:1',
      precision: 'bfloat16',
      compile: 'auto',
    });
    expect(settings('deterministic=on threads=2 channelsLast=off processes=3')).toMatchObject({
      deterministic: true,
      threads: 2,
      channelsLast: false,
      processes: 3,
    });
    const rest = { compile: false, deterministic: false, threads: 2 };
    // On the CPU nothing is tried unless told: a trial's outcome would decide about bits.
    expect(settingFields(settings('threads=2'), false)).toEqual({ ...rest, precision: 'float32', channelsLast: false });
    expect(settingFields(settings('threads=2'), true)).toEqual({ ...rest, precision: 'auto', channelsLast: 'auto' });
    const told = settings('threads=2 precision=float16 channelsLast=on');
    for (const onGpu of [true, false])
      expect(settingFields(told, onGpu)).toEqual({ ...rest, precision: 'float16', channelsLast: true });
  });

  it('has the process launched alone, with others on this machine, or with others on other machines', () => {
    expect(launchWords('engine.py', settings())).toEqual(['engine.py']);
    const launcher = ['-m', 'torch.distributed.run'];
    expect(launchWords('engine.py', settings('processes=2'))).toEqual([
      ...launcher,
      '--standalone',
      '--nproc-per-node=2',
      'engine.py',
    ]);
    expect(launchWords('engine.py', settings('processes=4 machines=2 rendezvous=[fe80::1]:29500'))).toEqual([
      ...launcher,
      ...['--nnodes=2', '--node-rank=0', '--master-addr=fe80::1', '--master-port=29500', '--nproc-per-node=4'],
      'engine.py',
    ]);
  });

  it.each([
    ['machines=2', 'says "machines" without "rendezvous": name this machine and a free port'],
    [
      'machines=2 rendezvous=node1',
      "rendezvous takes this machine's name or address and a free port, as in node1:29500.",
    ],
    [
      'gpu=1',
      'NETLOOM_PYTORCH says "gpu=1"; it may set device, precision, channelsLast, compile, deterministic, threads, processes, machines, rendezvous.',
    ],
    ['toString=on', 'NETLOOM_PYTORCH says "toString=on"; it may set device'],
    ['compile=toString', 'NETLOOM_PYTORCH says "compile=toString"; compile takes on, off or auto.'],
    ['device=tpu', 'device takes auto, cpu, mps, cuda or cuda:1 and the like.'],
    ['precision=half', 'precision takes float32, bfloat16, float16 or auto.'],
    ['deterministic=auto', 'deterministic takes on or off.'],
    ['threads=0', 'threads takes a whole number from 1.'],
    ['processes', 'processes takes a whole number from 1.'],
  ])('"%s" is answered with what may be said', (text, said) => {
    expect(() => settings(text)).toThrow(said);
    expect(() => settings(text)).toThrow(expect.objectContaining({ code: 'setting-invalid' }));
  });
});
