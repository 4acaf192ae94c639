/** The small sign of a layer's category: it is never told by its colour alone. */
import {
  Box,
  CircleQuestionMark,
  Droplet,
  Grid3x3,
  Layers,
  LogIn,
  Minimize2,
  Network,
  Plus,
  Rows3,
  SlidersHorizontal,
  Spline,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

const glyphs: Readonly<Record<string, LucideIcon>> = {
  'input and output': LogIn,
  convolution: Grid3x3,
  dense: Network,
  normalisation: SlidersHorizontal,
  activation: Spline,
  pooling: Minimize2,
  shape: Box,
  regularisation: Droplet,
  merge: Plus,
  sequence: Rows3,
  block: Layers,
};

/** `category`: a group of layers as definitions name it, or "block". */
export function CategoryGlyph({ category, size = 12 }: { category: string; size?: number }): ReactNode {
  const Glyph = glyphs[category] ?? CircleQuestionMark;
  return <Glyph size={size} aria-hidden />;
}

/** The colour as a custom property of the theme. */
export function categoryColour(category: string): string {
  return category in glyphs && category !== 'block'
    ? `var(--category-${category.replace(/ /g, '-')})`
    : 'var(--category-input-and-output)';
}
