/** How often a training process that died is started again: three times in five minutes, then it is left to the user. */

const most = 3;
const withinMilliseconds = 5 * 60_000;

export interface RestartPolicy {
  /** Called at a death: whether to start again. A yes counts. */
  allows: () => boolean;
}

/** `now`: milliseconds of a clock that never goes back. */
export function createRestartPolicy(now: () => number): RestartPolicy {
  let restarts: number[] = [];
  return {
    allows() {
      const at = now();
      restarts = restarts.filter((time) => at - time < withinMilliseconds);
      if (restarts.length >= most) return false;
      restarts.push(at);
      return true;
    },
  };
}
