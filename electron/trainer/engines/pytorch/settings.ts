/** How the engine runs, as NETLOOM_PYTORCH says: "device=cuda:1 precision=float32 compile=on". */
import type { Header } from './frames';
import { pytorchSentences } from '../../../../shared/messages/engineSentences';
import { fill } from '../../../../shared/messages/fill';
import { ServiceProblem } from '../../../services/serviceProblem';

export interface PytorchSettings {
  /** "auto", or a device by PyTorch's name. */
  readonly device: string;
  /** Null: float32 on the CPU, on a GPU as a short trial shows; so for `channelsLast`, which is off on the CPU. */
  readonly precision: 'float32' | 'bfloat16' | 'float16' | 'auto' | null;
  readonly channelsLast: boolean | 'auto' | null;
  readonly compile: boolean | 'auto';
  readonly deterministic: boolean;
  /** Null: as many as PyTorch takes. */
  readonly threads: number | null;
  /** More than one: each on a GPU of its own, or sharing the CPU. */
  readonly processes: number;
  /** More than one: this one is the first; on each other one torchrun is started by hand (docs/distributed.md). */
  readonly machines: number;
  /** "host:port" of this machine, where the others find it; needed where there are others. */
  readonly rendezvous: string | null;
}

const usual: PytorchSettings = {
  device: 'auto',
  precision: null,
  channelsLast: null,
  compile: false,
  deterministic: false,
  threads: null,
  processes: 1,
  machines: 1,
  rendezvous: null,
};

const switches: Readonly<Record<string, boolean | 'auto'>> = { on: true, off: false, auto: 'auto' };

type Reader = (value: string) => Partial<PytorchSettings> | null;

const readers: Readonly<Record<string, { read: Reader; takes: string }>> = {
  device: {
    read: (device) => (/^(auto|cpu|mps|cuda(:\d+)?)$/.test(device) ? { device } : null),
    takes: 'auto, cpu, mps, cuda or cuda:1 and the like',
  },
  precision: {
    read: (value) => {
      const precision = (['float32', 'bfloat16', 'float16', 'auto'] as const).find((each) => each === value);
      return precision ? { precision } : null;
    },
    takes: 'float32, bfloat16, float16 or auto',
  },
  channelsLast: { read: (value) => switched(value, (channelsLast) => ({ channelsLast })), takes: 'on, off or auto' },
  compile: { read: (value) => switched(value, (compile) => ({ compile })), takes: 'on, off or auto' },
  deterministic: {
    read: (value) => switched(value, (on) => (on === 'auto' ? null : { deterministic: on })),
    takes: 'on or off',
  },
  threads: { read: (value) => whole(value, (threads) => ({ threads })), takes: 'a whole number from 1' },
  processes: { read: (value) => whole(value, (processes) => ({ processes })), takes: 'a whole number from 1' },
  machines: { read: (value) => whole(value, (machines) => ({ machines })), takes: 'a whole number from 1' },
  rendezvous: {
    read: (rendezvous) => (/^(\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/.test(rendezvous) ? { rendezvous } : null),
    takes: "this machine's name or address and a free port, as in node1:29500",
  },
};

/** Throws `ServiceProblem` setting-invalid. */
export function pytorchSettings(environment: NodeJS.ProcessEnv): PytorchSettings {
  const words = (environment.NETLOOM_PYTORCH ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const settings = words.reduce((all, word) => ({ ...all, ...readWord(word) }), usual);
  if (settings.machines === 1 || settings.rendezvous !== null) return settings;
  throw new ServiceProblem('setting-invalid', pytorchSentences.noRendezvous);
}

function readWord(word: string): Partial<PytorchSettings> {
  const [name = '', value = ''] = word.split('=', 2);
  const reader = Object.prototype.hasOwnProperty.call(readers, name) ? readers[name] : undefined;
  if (!reader) {
    const known = Object.keys(readers).join(', ');
    throw new ServiceProblem('setting-invalid', fill(pytorchSentences.unreadable, { word, known }));
  }
  const read = reader.read(value);
  if (read) return read;
  throw new ServiceProblem('setting-invalid', fill(pytorchSentences.badSetting, { word, name, takes: reader.takes }));
}

function switched(
  value: string,
  made: (on: boolean | 'auto') => Partial<PytorchSettings> | null,
): Partial<PytorchSettings> | null {
  const on = Object.prototype.hasOwnProperty.call(switches, value) ? switches[value] : undefined;
  return on === undefined ? null : made(on);
}

function whole(value: string, made: (number: number) => Partial<PytorchSettings>): Partial<PytorchSettings> | null {
  return /^[1-9]\d{0,3}$/.test(value) ? made(Number(value)) : null;
}

/** As the process takes them; on the CPU nothing is tried unless told, so that a run has the same bits every time. */
export function settingFields(settings: PytorchSettings, onGpu: boolean): Header {
  const { compile, deterministic, threads } = settings;
  const precision = settings.precision ?? (onGpu ? 'auto' : 'float32');
  const channelsLast = settings.channelsLast ?? (onGpu ? 'auto' : false);
  return { precision, channelsLast, compile, deterministic, threads };
}

/** Several processes are started by PyTorch's own launcher; the first of them has our pipes. */
export function launchWords(script: string, { processes, machines, rendezvous }: PytorchSettings): string[] {
  if (processes === 1 && machines === 1) return [script];
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(rendezvous ?? '') ?? [];
  const place =
    machines === 1
      ? ['--standalone']
      : [`--nnodes=${machines}`, '--node-rank=0', `--master-addr=${host}`, `--master-port=${port}`];
  return ['-m', 'torch.distributed.run', ...place, `--nproc-per-node=${processes}`, script];
}
