/** Placeholder of the feature, replaced by its folder. */
import type { ReactNode } from 'react';

export function Inspector(): ReactNode {
  return <div data-feature="Inspector" />;
}
