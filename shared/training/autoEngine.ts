/** Where an engine is named, this lets Netloom choose. */
export const autoEngine = 'auto';
