/** What the engine's process says of itself, as a probe: which device works, and where it is none of NVIDIA's, why. */
import { cardSentences, engineSentences, pytorchSentences } from '../../../../shared/messages/engineSentences';
import { fill } from '../../../../shared/messages/fill';
import { installCommand, repairCommand } from '../../../services/python/environmentState';
import { driverAtLeast, nvidiaDriver } from '../../../services/python/nvidiaDriver';
import { nvidiaCardThere } from '../../../services/python/nvidiaCardThere';
import { fits } from '../../../services/tensorflow/nvidiaCards';
import type { Python } from '../../../services/python/findPython';
import { withoutGpu, type Probe } from '../engine';
import type { Hello } from './answers';

export function unavailable(reason: string, remedy: string | null): Probe {
  return { available: false, device: null, versions: {}, seconds: null, reason, remedy, ...withoutGpu };
}

/** What is found without PyTorch. */
export interface MachineFacts {
  /** NVIDIA's, null for none. */
  driver: string | null;
  /** Whether a card of NVIDIA's is there, be there a driver or not. */
  cardThere: boolean;
}

export function probeOf(hello: Hello, python: Python, machine: MachineFacts = factsHere()): Probe {
  const { driver } = machine;
  const { product, devices, builtFor, versions } = hello;
  if (!product.exact) {
    const why = (product.reason ?? engineSentences.wrongProduct).replace(/\.$/, '');
    const torch = { version: versions.torch ?? '', python: python.executable };
    return unavailable(
      fill(pytorchSentences.cannotCompute, { ...torch, device: product.device, why }),
      fill(pytorchSentences.trainOnCpu, { command: repairCommand('pytorch') }),
    );
  }
  const [kind = 'cpu', index = '0'] = product.device.split(':');
  const device = devices.find((each) => each.kind === kind && each.index === Number(index));
  const card = devices.find((each) => each.kind === 'cuda');
  const onGpu = kind !== 'cpu';
  const { freeBytes: free = null, totalBytes: total = null } = device ?? {};
  return {
    available: true,
    device: deviceName(kind, device?.name ?? product.device),
    versions: { ...versions, python: hello.python, node: process.versions.node },
    seconds: product.seconds,
    reason: null,
    remedy: null,
    accelerated: onGpu,
    whyNotAccelerated: onGpu ? null : whyOnCpu(hello, python, { ...machine, card: card ?? null }),
    driver: card?.driver ?? driver,
    cuda: versions.cuda ?? null,
    computeCapability: card?.capability ?? null,
    builtFor: hello.cudaBuilt ? builtFor : null,
    memory: onGpu && free !== null && total !== null ? { free, total } : null,
  };
}

function deviceName(kind: string, name: string): string {
  if (kind === 'cpu') return name === '' ? 'CPU' : `CPU (${name})`;
  return kind === 'mps' ? `${name} (Metal)` : name;
}

interface CardFacts extends MachineFacts {
  /** As PyTorch sees it. */
  card: Hello['devices'][number] | null;
}

/** The oldest driver that any build for cards runs with. */
const oldestDriver = 525;

/** Null where there is no card to be missed. Only what installing would change is advised. */
function whyOnCpu(
  { cudaBuilt, cudaReason, versions, builtFor }: Hello,
  { executable, source }: Python,
  { driver, card, cardThere }: CardFacts,
): string | null {
  const torch = { version: versions.torch ?? '', python: executable };
  const command = installCommand('pytorch');
  if (driver === null && card === null) return cardThere ? fill(cardSentences.noDriver, { command }) : null;
  if (driver !== null && !driverAtLeast(driver, oldestDriver)) {
    const needs = { library: pytorchSentences.thisBuild, least: oldestDriver };
    return fill(cardSentences.driverTooOldForBuilds, { driver, ...needs, command });
  }
  const way = wayOut(source);
  if (!cudaBuilt) return fill(pytorchSentences.withoutCuda, { ...torch, has: hasOf(driver), way });
  const capability = card?.capability ?? null;
  if (card && capability !== null && fits(capability, builtFor) === 'no') {
    return fill(pytorchSentences.otherCards, { ...torch, card: card.name, capability, built: builtFor.join(', ') });
  }
  if (cudaReason === null) return fill(pytorchSentences.toldOtherwise, torch);
  return fill(pytorchSentences.notUsed, { ...torch, why: cudaReason.replace(/\.$/, ''), way });
}

function hasOf(driver: string | null): string {
  const { card, driver: known, unknownDriver } = pytorchSentences;
  if (driver === null) return card;
  return driver === 'unknown' ? unknownDriver : fill(known, { driver });
}

function wayOut(source: Python['source']): string {
  const { installFitting, installOwn } = pytorchSentences;
  if (source === 'pytorch') return fill(installFitting, { command: repairCommand('pytorch') });
  const own = source === 'verify' || source === 'tensorflow';
  return fill(own ? installFitting : installOwn, { command: installCommand('pytorch') });
}

function factsHere(): MachineFacts {
  return { driver: nvidiaDriver(process), cardThere: nvidiaCardThere() };
}
