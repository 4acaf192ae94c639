/** The user's language, for words that are made by functions rather than taken from a table. */
import { languageOf, type Language } from '../i18n/language';
import { useStudio, useStudioState } from './StudioContext';

export function useLanguage(): Language {
  const { facts } = useStudio();
  return useStudioState('settings', ({ settings }) => languageOf(settings.language, facts.systemLanguage));
}
