/** Small rules of the frame: the theme, how long notices stay, where the focus is, what samples are called. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { themeOf } from '../../../renderer/app/look';
import { noticeTime } from '../../../renderer/app/noticeTime';
import { sampleText } from '../../../renderer/app/sampleText';

describe('the theme', () => {
  it('is the one that is set, or the system’s', () => {
    expect([themeOf('dark', false), themeOf('light', true)]).toEqual(['dark', 'light']);
    expect([themeOf('system', true), themeOf('system', false)]).toEqual(['dark', 'light']);
  });
});

describe('a notice', () => {
  it('stays as long as it takes to read and to decide; errors and choices until they are dismissed', () => {
    const action = { title: 'Undo', run: () => undefined };
    const short = noticeTime({ kind: 'info', text: 'Done.' }) ?? 0;
    expect(noticeTime({ kind: 'info', text: 'word '.repeat(60) }) ?? 0).toBeGreaterThan(short);
    expect((noticeTime({ kind: 'info', text: 'Done.', action }) ?? 0) - short).toBeGreaterThanOrEqual(5000);
    expect(noticeTime({ kind: 'error', text: 'No.' })).toBe(null);
    expect(noticeTime({ kind: 'warning', text: 'Which?', actions: [action] })).toBe(null);
    expect(noticeTime({ kind: 'recovered', text: 'Back.' })).toBe(null);
  });
});

describe('samples', () => {
  it('have words in both languages, all that are bundled', () => {
    const folder = fileURLToPath(new URL('../../../assets/designs', import.meta.url));
    for (const file of readdirSync(folder)) {
      const id = file.replace('.netloom', '');
      const [english, chinese] = (['en', 'zh-CN'] as const).map((language) => sampleText(id, {}, language));
      expect(english?.title, id).not.toBe(id);
      expect(english?.about, id).not.toBe('');
      expect(`${chinese?.title}${chinese?.about}`, id).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('that are not known go by the name in their design', () => {
    expect(sampleText('x', { name: 'Mine', notes: 'What it shows.' }, 'en')).toEqual({
      title: 'Mine',
      about: 'What it shows.',
    });
    expect(sampleText('x', null, 'zh-CN')).toEqual({ title: 'x', about: '' });
  });
});
