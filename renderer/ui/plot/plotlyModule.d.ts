/** Plotly's partial bundle comes without types; those of what is used of it stand in `plotly.ts`. */
declare module 'plotly.js-cartesian-dist-min' {
  const plotly: unknown;
  export default plotly;
}
