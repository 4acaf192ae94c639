/**
 * Property tests draw the same examples each time, so that a change is judged by itself and not by luck. With
 * NETLOOM_EXPLORE=1 (as `npm run test:long` sets it) they draw new ones, ten times as many: what that finds becomes an
 * example of its own.
 */
import fc from 'fast-check';

const explores = process.env.NETLOOM_EXPLORE === '1';

fc.configureGlobal(explores ? { numRuns: 1000 } : { seed: 20_261_121 });
