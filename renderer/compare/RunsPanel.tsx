/** Placeholder of the feature, replaced by its folder. */
import type { ReactNode } from 'react';

export function RunsPanel(): ReactNode {
  return <div data-feature="RunsPanel" />;
}
