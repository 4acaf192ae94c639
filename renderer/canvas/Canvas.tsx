/** Placeholder of the feature, replaced by its folder. */
import type { ReactNode } from 'react';

export function Canvas(): ReactNode {
  return <div data-feature="Canvas" />;
}
