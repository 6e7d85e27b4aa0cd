/** What the picture answers beside itself: what-ifs, the worst losses, and what is kept of them. Pure. */
export { keptScenario } from './kept-scenario.js';
export { whatIf } from './what-if.js';
export { worstLosses } from './worst-losses.js';
