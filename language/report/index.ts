/** The disaster recovery report: model and figures to a document, and the document to Markdown or HTML. Pure, but for the sums a host computes. */
export { matrixOf } from './matrix/matrix.js';
export { matrixText } from './matrix/matrix-document.js';
export { originOf } from './origin.js';
export { reportOf } from './report.js';
export { htmlOf } from './writers/html.js';
export { markdownOf } from './writers/markdown.js';
