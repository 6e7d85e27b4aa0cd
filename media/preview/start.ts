/**
 * Where the script of the view begins. The same script serves as the worker for large layouts, which has no `document`, and as the first of
 * the two scripts of a page of its own: scripts of their own would bring all of it a second time.
 */
import { pageDataId } from '../../language/diagram/export/page.js';
import { plainLayout } from '../../language/diagram/layout.js';
import type { LayeredTask } from './layered-engine.js';
import * as viewParts from './view-parts.js';

if (typeof document === 'undefined') {
  self.addEventListener('message', ({ data }: MessageEvent<LayeredTask>) => {
    self.postMessage(plainLayout(data.graph, data.former));
  });
} else if (document.getElementById(pageDataId) === null) {
  void import('./main.js');
} else {
  // Under this name the build of the page looks for them (scripts/page-parts.mjs).
  Object.assign(globalThis, { drmlView: viewParts });
}
