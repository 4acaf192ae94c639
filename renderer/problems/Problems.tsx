/** Placeholder of the feature, replaced by its folder. */
import type { ReactNode } from 'react';

export function Problems(): ReactNode {
  return <div data-feature="Problems" />;
}
