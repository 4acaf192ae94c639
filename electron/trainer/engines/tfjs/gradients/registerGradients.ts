/**
 * The gradients of every operation that layers, losses and penalties are made of. tfjs-core's package for Node carries none: its
 * gradients come only with the whole of tfjs, twenty times our need.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { arithmeticGradients } from './arithmeticGradients';
import { elementwiseGradients } from './elementwiseGradients';
import { gatherGradients } from './gatherGradients';
import type { GradientRules } from './gradientRule';
import { productGradients } from './productGradients';
import { reductionGradients } from './reductionGradients';
import { shapingGradients } from './shapingGradients';

export function gradientRules(core: typeof tf): GradientRules {
  return {
    ...arithmeticGradients(core),
    ...elementwiseGradients(core),
    ...gatherGradients(core),
    ...productGradients(core),
    ...reductionGradients(core),
    ...shapingGradients(core),
  };
}

/** Registers them for all backends, in place of any that are there. */
export function registerGradients(core: typeof tf): void {
  for (const [kernelName, { inputs, output, allInputs, gradient }] of Object.entries(gradientRules(core))) {
    const gradFunc = gradient as tf.GradFunc;
    core.registerGradient({
      kernelName,
      inputsToSave: inputs ?? [],
      outputsToSave: output ? [true] : [],
      saveAllInputs: allInputs ?? false,
      gradFunc,
    });
  }
}
