/**
 * Where the script of the page begins. The same script serves as the worker for large layouts, which has no `document`: a script of its own
 * would bring the whole layout a second time.
 */
import { plainLayout } from '../../language/diagram/layout.js';
import type { LayeredTask } from './layered-engine.js';

if (typeof document === 'undefined') {
  self.addEventListener('message', ({ data }: MessageEvent<LayeredTask>) => {
    self.postMessage(plainLayout(data.graph, data.former));
  });
} else {
  void import('./main.js');
}
