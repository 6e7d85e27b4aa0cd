/** The language server as a Node program: `node dist/server.cjs --stdio`, or started by an editor over IPC. */
import { startServerByArguments } from './stdio.js';

startServerByArguments();
