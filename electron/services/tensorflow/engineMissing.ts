/** Why an engine cannot be used and what would help, apart, so that a page of engines can show each in its place. */
import { ServiceProblem } from '../serviceProblem';

export class EngineMissing extends ServiceProblem {
  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {
    super('engine-unavailable', `${reason} ${remedy}`);
  }
}
