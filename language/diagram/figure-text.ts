/** Figures in the picture read as everywhere else. */
export * from '../analysis/figure-text.js';
