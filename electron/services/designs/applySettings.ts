/** `--set path=value`: changes a design's training or data configuration before it is used; the file stays as it is. */
import type { Design } from '../../../shared/design/schema';
import { applySetting, parseSetting, type Setting } from '../../../shared/design/settings';
import type { Problem } from '../../../shared/messages';
import { ServiceProblem } from '../serviceProblem';

/** Reads "path=value"; throws `ServiceProblem` setting-invalid. */
export function readSetting(text: string): Setting {
  const parsed = parseSetting(text);
  if ('setting' in parsed) return parsed.setting;
  throw refusal(text, parsed.problem);
}

/** Throws `ServiceProblem` setting-invalid where a path leads nowhere, naming what is near it, or a value does not fit. */
export function applySettings(design: Design, settings: readonly Setting[]): Design {
  return settings.reduce((before, setting) => {
    const applied = applySetting(before, setting);
    if ('design' in applied) return applied.design;
    throw refusal(`${setting.path}=${JSON.stringify(setting.value)}`, applied.problem);
  }, design);
}

function refusal(said: string, { message }: Problem): ServiceProblem {
  return new ServiceProblem('setting-invalid', `--set ${said}: ${message}`);
}
