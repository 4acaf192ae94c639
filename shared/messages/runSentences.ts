/** What is said of the end of a run, and of the process that trained it. */

export const runSentences = {
  outOfMemory:
    'Out of memory at step {step}. Make the batch smaller (training.batchSize is {batchSize}); training.accumulate gives the same update from several smaller batches.',
  outOfMemoryFits:
    'Out of memory at step {step}. Make the batch smaller (training.batchSize is {batchSize}; {fits} may fit); training.accumulate gives the same update from several smaller batches.',
  notFinite:
    'The loss became {value} at step {step}; the weights were left as they were before it. {where} A smaller learning rate, clipping (training.clipNorm) or normalised inputs usually help.',
  notANumber: 'not a number',
  infinite: 'infinite',
  minusInfinite: 'minus infinity',
  inLoss: 'The outputs of all nodes were finite, so it arose in the loss itself.',
  inNode: 'The first node whose output was not finite is {node}: {elements} of its values.',
  brokeOff: 'Training broke off: {why}',
  lost: 'The training process ended: {why} The run can be resumed from its last checkpoint.',
  noLog: '{file} is missing: nothing is known of its training.',
  logTorn: 'The log is good up to a point: {why}. What came before is shown.',
} as const;

/** How a process ended. */
export const processEnds = {
  exitCode: 'exit code {code}.',
  exitCodeSaying: 'exit code {code}. It wrote: {lines}',
  signal: 'signal {signal}.',
  signalSaying: 'signal {signal}. It wrote: {lines}',
  wasEnded: 'it was ended.',
  endedItself: 'it ended with exit code {code}',
  endedBy: 'it was ended by {signal}',
  killed: 'the system or somebody else ended it (SIGKILL), most often because memory ran out',
  notStarted: '{program} could not be started ({cause})',
} as const;
