/** A prebuilt binding is told where TensorFlow lies by overwriting a placeholder, and nothing else in it changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeholderLength, withRunPath } from '../../../../electron/services/tensorflow/runPath';

const placeholder = `/${'x'.repeat(placeholderLength - 1)}`;
/** As the linker writes it: text between other text, each ended by a zero. */
const binding = Buffer.from(`\x7fELF libtensorflow_cc.so.2\0${placeholder}\0GLIBC_2.14\0`);
const start = binding.indexOf(placeholder);

describe('the folder of a binding', () => {
  it('takes the place of the placeholder, ended by zeros, and leaves every other byte', () => {
    const folders = fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => !/[:$\0]/.test(text));
    fc.assert(
      fc.property(folders, (folder) => {
        const patched = withRunPath(binding, `/${folder}`);
        const path = Buffer.from(`/${folder}`);
        expect(patched.length).toBe(binding.length);
        expect(patched.subarray(start, start + path.length).equals(path)).toBe(true);
        expect(patched.subarray(start + path.length, start + placeholderLength).every((byte) => byte === 0)).toBe(true);
        expect(patched.subarray(0, start).equals(binding.subarray(0, start))).toBe(true);
        expect(patched.subarray(start + placeholderLength).equals(binding.subarray(start + placeholderLength))).toBe(
          true,
        );
      }),
    );
  });

  it('may be as long as the placeholder and no longer, counted in bytes', () => {
    const longest = `/${'d'.repeat(placeholderLength - 1)}`;
    expect(withRunPath(binding, longest).includes(`${longest}\0GLIBC`)).toBe(true);
    expect(() => withRunPath(binding, `${longest}d`)).toThrow(
      /longer than the system's loader takes \(4096 bytes, at most 4095\).*NETLOOM_TENSORFLOW/,
    );
    expect(() => withRunPath(binding, `/${'ä'.repeat(2048)}`)).toThrow(/at most 4095/);
  });

  it.each(['/home/a:b/tensorflow', '/home/$ORIGIN/tensorflow', '/home/${LIB}/tensorflow'])(
    'is refused where the loader would misread it: %s',
    (folder) => {
      expect(() => withRunPath(binding, folder)).toThrow(/cannot look for TensorFlow in .*Move it to a folder without/);
    },
  );

  it('is put into nothing but a binding with one place for it', () => {
    expect(() => withRunPath(Buffer.from('no binding'), '/tensorflow')).toThrow('has no place for a run path');
    expect(() => withRunPath(Buffer.concat([binding, binding]), '/tensorflow')).toThrow('has no place for a run path');
  });
});
