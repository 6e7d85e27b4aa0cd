/** What the picture answers beside itself: what-ifs, the worst losses, what is kept of them, and the matrix. Pure. */
export { matrixOf } from '../matrix/matrix.js';
export { matrixText } from '../matrix/matrix-document.js';
export { keptScenario } from './kept-scenario.js';
export { whatIf } from './what-if.js';
export { worstLosses } from './worst-losses.js';
