/** A plot's colours and type, read from the theme's custom properties: once a theme, for reading lays out the page. */
import type { PlotTheme } from './figureOptions';
import type { Followed } from './followSize';

function themeOf(element: Element): PlotTheme {
  const styles = getComputedStyle(element);
  const known = new Map<string, string>();
  const property = (name: string): string => {
    const found = known.get(name) ?? styles.getPropertyValue(name).trim();
    if (found) known.set(name, found);
    return found;
  };
  return {
    surface: property('--surface'),
    text: property('--text'),
    label: property('--text-label'),
    faint: property('--text-faint'),
    grid: property('--hairline'),
    error: property('--error'),
    font: property('--font-text'),
    colour: (value) => value.replace(/var\((--[\w-]+)\)/g, (_, name: string) => property(name) || 'grey'),
  };
}

/** Calls `changed` when the window gets another theme. */
export function followTheme(element: Element, changed: () => void): Followed<PlotTheme> {
  let theme: PlotTheme | null = null;
  const observer = new MutationObserver(() => {
    theme = null;
    changed();
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  return { current: () => (theme ??= themeOf(element)), end: () => observer.disconnect() };
}
