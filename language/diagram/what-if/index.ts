/** What the picture answers beside itself: what-ifs, the worst losses, what is kept of them, and what a page holds. Pure. */
export { pageModelOf } from '../export/page-data.js';
export { keptScenario } from './kept-scenario.js';
export { whatIf } from './what-if.js';
export { worstLosses } from './worst-losses.js';
