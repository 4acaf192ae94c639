/** What a gradient says of a layer's health: the rule behind the tint, the hatching and the badge of a node. */
import type { GradientReading } from './gradientStore';

/** Below: vanishing. Relative to the weight layer nearest the loss. */
const vanishingBelow = 1e-2;
/** Above: exploding. */
const explodingAbove = 1e2;
/** Update over weight: outside of these the learning rate does too little or too much to the layer. */
const usualUpdates = [1e-5, 1e-1] as const;

export interface GradientHealth {
  /** `broken`: exactly zero or not a number; nothing can be learned from it. */
  kind: 'usual' | 'vanishing' | 'exploding' | 'broken';
  /** 0 at the bound, 1 where it is five orders of magnitude away or more. */
  strength: number;
  update: 'usual' | 'small' | 'large';
}

const fullTintDecades = 5;

export function gradientHealth({ rms, ratioToOutputSide, updateRatio }: GradientReading): GradientHealth {
  const update = updateHealth(updateRatio);
  if (!Number.isFinite(rms) || rms === 0) return { kind: 'broken', strength: 1, update };
  if (ratioToOutputSide < vanishingBelow)
    return { kind: 'vanishing', strength: strengthOf(vanishingBelow / ratioToOutputSide), update };
  if (ratioToOutputSide > explodingAbove)
    return { kind: 'exploding', strength: strengthOf(ratioToOutputSide / explodingAbove), update };
  return { kind: 'usual', strength: 0, update };
}

/** A ratio that was not measured says nothing. */
function updateHealth(ratio: number): GradientHealth['update'] {
  const [small, large] = usualUpdates;
  if (ratio < small) return 'small';
  return ratio > large ? 'large' : 'usual';
}

function strengthOf(factor: number): number {
  return Math.min(1, Math.log10(factor) / fullTintDecades);
}

/** Length of the meter, 0 to 1, on a log scale around the layer nearest the loss: five decades down, five up. */
export function meterLevel({ rms, ratioToOutputSide }: GradientReading): number {
  if (!Number.isFinite(rms) || rms === 0 || !(ratioToOutputSide > 0)) return 0;
  return Math.min(1, Math.max(0.02, (Math.log10(ratioToOutputSide) + fullTintDecades) / (2 * fullTintDecades)));
}
