/** Placeholder of the feature, replaced by its folder. */
import type { ReactNode } from 'react';

export function TrainingPanel(): ReactNode {
  return <div data-feature="TrainingPanel" />;
}
