/** What a figure is drawn with besides its content: where it lies, the theme's colours, how numbers and axes are said. */
import type { PlotFrame } from './frame';

export interface PlotTheme {
  /** Behind everything, so that a saved picture is as the window shows it. */
  surface: string;
  text: string;
  label: string;
  faint: string;
  grid: string;
  error: string;
  font: string;
  /** What a CSS value stands for in this theme. */
  colour: (value: string) => string;
}

export interface FigureOptions {
  frame: PlotFrame;
  theme: PlotTheme;
  xTitle: string;
  yTitle: string;
  formatX: (value: number) => string;
  /** Of axes and labels at the ends of lines: short. */
  formatTick: (value: number) => string;
}
