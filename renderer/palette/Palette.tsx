/** Placeholder of the feature, replaced by its folder. */
import type { ReactNode } from 'react';

export function Palette(): ReactNode {
  return <div data-feature="Palette" />;
}
