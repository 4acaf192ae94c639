/** What a drawing is called, however long or odd its name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentName, fileName, folderOf, shortened } from '../../../renderer/state/documentName';
import { emptyDesign } from '../../../shared/design/schema';

describe('a name', () => {
  it('is the design’s own, else its file’s, else none', () => {
    expect(documentName({ design: emptyDesign('Spiral'), file: '/a/b.netloom' }, '?')).toBe('Spiral');
    expect(documentName({ design: emptyDesign(' '), file: 'C:\\nets\\b.netloom' }, '?')).toBe('b');
    expect(documentName({ design: emptyDesign(), file: null }, '?')).toBe('?');
  });

  it('is cut without breaking a character', () => {
    expect(shortened('abcdef', 6)).toBe('abcdef');
    expect(shortened('abcdefg', 6)).toBe('abcde…');
    expect(shortened('🙂🙂🙂🙂', 3)).toBe('🙂🙂…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (text, most) => {
        const cut = shortened(text, most);
        expect([...cut].length).toBeLessThanOrEqual(most);
        // A character that was cut in two cannot be written as UTF-8.
        expect(new TextDecoder().decode(new TextEncoder().encode(cut))).toBe(cut);
      }),
    );
  });
});

describe('a path', () => {
  it('is taken apart on every platform', () => {
    expect([fileName('/home/me/a.netloom'), folderOf('/home/me/a.netloom')]).toEqual(['a.netloom', '/home/me']);
    expect([fileName('C:\\nets\\a.netloom'), folderOf('C:\\nets\\a.netloom')]).toEqual(['a.netloom', 'C:\\nets']);
  });
});
