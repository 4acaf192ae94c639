/** A request that failed is told in the user's language, and nothing of the exact sentence is lost. */
import { describe, expect, it } from 'vitest';
import { failureText } from '../../../renderer/i18n/failureText';
import { fileFailureCodes } from '../../../shared/ipc/failureCodes';

const full = { code: 'disk-full', message: 'The disk is full: /data/net.netloom could not be written.' };

describe('a failure', () => {
  it('is the exact sentence in an English window', () => {
    expect(failureText(full, 'en')).toBe(full.message);
  });

  it('begins with what happened and the way out in a Chinese window, then names the file', () => {
    const said = failureText(full, 'zh-CN');
    expect(said).toMatch(/^磁盘空间不足.*请释放空间/);
    expect(said).toContain('/data/net.netloom');
  });

  it('has words of its own for every code of a file', () => {
    const said = fileFailureCodes.map((code) => failureText({ code, message: '-' }, 'zh-CN'));
    expect(new Set(said).size).toBe(fileFailureCodes.length);
    for (const text of said) expect(text).toMatch(/^\p{Script=Han}+.*（-）$/u);
  });

  it('of a code that is not known is still said', () => {
    expect(failureText({ code: 'toString', message: 'Something else.' }, 'zh-CN')).toBe('Something else.');
  });
});
