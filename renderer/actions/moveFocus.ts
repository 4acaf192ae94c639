/** The parts of the window, `data-region` in the page, walked through by F6. */

/** To the next part that is seen, or the previous one; the first thing in it that takes the focus gets it. */
export function moveFocus(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((one) => one.offsetParent);
  const current = regions.findIndex((one) => one.contains(document.activeElement));
  const next = current < 0 ? (by > 0 ? 0 : regions.length - 1) : (current + by + regions.length) % regions.length;
  const region = regions[next];
  if (!region) return;
  const stops = 'button:not(:disabled), input:not(:disabled), [tabindex="0"], a[href]';
  (region.querySelector<HTMLElement>(stops) ?? region).focus();
}
