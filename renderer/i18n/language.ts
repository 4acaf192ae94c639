/** The languages of the studio, and which one a user gets. */
import type { Settings } from '../../shared/ipc/studio/settingsSchema';

export type Language = 'en' | 'zh-CN';

/** `system` is BCP 47; any Chinese gets Simplified Chinese. */
export function languageOf(setting: Settings['language'], system: string): Language {
  if (setting !== 'system') return setting;
  return system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
