// Designs of older versions are brought forward one version at a time.
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../shared/design/migrate';

describe('migrations', () => {
  const steps = new Map([
    [1, (design: Record<string, unknown>) => ({ ...design, title: design['name'] })],
    [2, (design: Record<string, unknown>) => ({ ...design, title: String(design['title']).toUpperCase() })],
  ]);

  it('run in order up to the newest version', () => {
    expect(migrate({ netloom: 1, name: 'a' }, steps, 3)).toEqual({ netloom: 3, name: 'a', title: 'A' });
    expect(migrate({ netloom: 2, title: 'b' }, steps, 3)).toEqual({ netloom: 3, title: 'B' });
  });

  it('leave the newest version alone and refuse all others', () => {
    const newest = { netloom: 3 };
    expect(migrate(newest, steps, 3)).toBe(newest);
    for (const netloom of [0, 4, 1.5, '1', null, undefined]) expect(migrate({ netloom }, steps, 3)).toBeNull();
  });
});
