/** A plot's colours and type, read from the theme's custom properties. */
import type { PlotTheme } from './figure';

export function themeOf(element: Element): PlotTheme {
  const styles = getComputedStyle(element);
  const property = (name: string): string => styles.getPropertyValue(name).trim();
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

/** Calls `changed` when the window gets another theme; what is returned ends it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  return () => observer.disconnect();
}
