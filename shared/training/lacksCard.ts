/** Whether an engine that would compute on a card has none to compute on: a fact of the machine, and no trouble. */

interface Probed {
  available: boolean;
  accelerated: boolean;
  driver: string | null;
  whyNotAccelerated: string | null;
}

/** `usesCards`: what is installed for the engine comes for cards too. */
export function lacksCard(probe: Probed, usesCards: boolean): boolean {
  const { available, accelerated, driver, whyNotAccelerated } = probe;
  return usesCards && available && !accelerated && driver === null && whyNotAccelerated === null;
}
