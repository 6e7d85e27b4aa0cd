/**
 * The script of the layout worker. The engine answers messages by itself when it finds itself in a worker (no
 * `document`), so this file only has to bring it; {@link import('./layout-engine.js')} speaks with it.
 */
import 'elkjs/lib/elk-worker.min.js';
