/** The script of the worker for the layered layout of our own: one task in, one layout out. {@link import('./layered-engine.js')} speaks with it. */
import { plainLayout } from '../../language/diagram/layout.js';
import type { LayeredTask } from './layered-engine.js';

self.addEventListener('message', ({ data }: MessageEvent<LayeredTask>) => {
  self.postMessage(plainLayout(data.graph, data.former));
});
