/** The language server as a Node program: `node dist/server.cjs --stdio`, or started by an editor over IPC. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.js';

const connection = createConnection(ProposedFeatures.all);

// Whatever goes wrong in the background must not cost the user the server: it is written to the log, and the server goes on.
process.on('uncaughtException', (error) => connection.console.error(`unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => {
  connection.console.error(`unexpected: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
});

startServer({ connection, ...NodeFileSystem, rulePages: rulePages() });

/** The pages of the rules lie beside the bundle, in the extension and in the npm package alike. */
function rulePages(): string | undefined {
  const script = process.argv[1];
  if (script === undefined) return undefined;
  const folder = join(dirname(dirname(script)), 'docs', 'rules');
  return existsSync(folder) ? pathToFileURL(folder).href : undefined;
}
