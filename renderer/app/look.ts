/** The theme and the language of the page, as the settings and the system want them, from before the first picture on. */
import type { Settings } from '../../shared/ipc/studio/settingsSchema';
import { languageOf } from '../i18n/language';
import type { Studio } from '../state/studio';

export function themeOf(setting: Settings['theme'], systemIsDark: boolean): 'light' | 'dark' {
  if (setting !== 'system') return setting;
  return systemIsDark ? 'dark' : 'light';
}

const systemTheme = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

/** Before the settings are known: as the system, which the main process has already told about the setting. */
export function showSystemTheme(): void {
  document.documentElement.dataset.theme = themeOf('system', systemTheme().matches);
}

export function keepLook({ settings, facts }: Studio): void {
  const system = systemTheme();
  const show = (): void => {
    const { theme, language } = settings.getState().settings;
    const page = document.documentElement;
    const wanted = themeOf(theme, system.matches);
    if (page.dataset.theme !== wanted) page.dataset.theme = wanted;
    page.lang = languageOf(language, facts.systemLanguage);
  };
  show();
  settings.subscribe(show);
  system.addEventListener('change', show);
}
