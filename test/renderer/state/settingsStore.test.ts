/** Settings are kept soon after they change, and what comes back late changes nothing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../../shared/ipc/studio/settingsSchema';
import { fakeStudio } from '../fakeStudio';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a setting', () => {
  it('that is changed many times in a row is written once, as it is at the end', () => {
    const { studio, asked } = fakeStudio();
    const { change, settings } = studio.settings.getState();
    for (let width = 200; width < 300; width += 1) change({ panels: { ...settings.panels, palette: width } });
    vi.advanceTimersByTime(250);
    expect(asked('setSettings')).toMatchObject([{ panels: { palette: 299 } }]);
  });

  it('that another window changed is taken over, unless it is being changed here', () => {
    const { studio, emit } = fakeStudio();
    const told = settingsSchema.parse({ theme: 'dark' });
    studio.settings.getState().change({ theme: 'light' });
    emit('settings', told);
    expect(studio.settings.getState().settings.theme).toBe('light');
    vi.advanceTimersByTime(250);
    emit('settings', told);
    expect(studio.settings.getState().settings.theme).toBe('dark');
  });
});
