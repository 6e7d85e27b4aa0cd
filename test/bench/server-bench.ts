/** Benchmark of the packed language server over stdio: CPU time of its process from a keystroke to the diagnostics it answers with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { generateModel } from './model-generator.js';

/** CPU milliseconds of the server's process; resident memory in bytes. */
export interface ServerMeasurement {
  readonly start: number;
  readonly open: number;
  /** To the first diagnostics of the new text. */
  readonly keystrokes: readonly number[];
  /** Until nothing is left to do: the analysis and its diagnostics included. */
  readonly settled: readonly number[];
  readonly resident: number;
}

/** User and system time of a process in milliseconds, from /proc; clock ticks are hundredths of a second on Linux. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentOf(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}

class Session {
  private waiting: ((uri: string) => void) | undefined;

  private constructor(
    private readonly process: ChildProcess,
    private readonly connection: MessageConnection,
  ) {
    connection.onNotification('textDocument/publishDiagnostics', (parameters: { readonly uri: string }) =>
      this.waiting?.(parameters.uri),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', (parameters: { readonly items: readonly unknown[] }) =>
      parameters.items.map(() => null),
    );
    connection.listen();
  }

  static async start(server: string): Promise<Session> {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const session = new Session(child, connection);
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders: null,
    });
    await connection.sendNotification('initialized', {});
    return session;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Sends a notification and waits for the first diagnostics of the file. */
  async until(uri: string, method: string, parameters: object): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.waiting = (published) => {
        if (published === uri) resolve();
      };
    });
    await this.connection.sendNotification(method, parameters);
    await answered;
  }

  /** Waits until the server has used no CPU for a while: what follows a keystroke in the background is not the next one's. */
  async idle(): Promise<void> {
    for (let last = -1, now = cpuOf(this.pid); now !== last; last = now, now = cpuOf(this.pid))
      await new Promise((resolve) => setTimeout(resolve, 300));
  }

  notify(method: string, parameters: object): Promise<void> {
    return this.connection.sendNotification(method, parameters);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    this.connection.dispose();
  }
}

async function measure(server: string, services: number, files: number, strokes: number): Promise<ServerMeasurement> {
  const session = await Session.start(server);
  await session.idle();
  const start = cpuOf(session.pid);
  const texts = [...generateModel(services, files)];
  const uriOf = (path: string): string => `file:///bench/${path}`;
  const edited = texts.find(([path]) => path !== 'root.drml' && path !== 'sites.drml') ?? texts[0];
  if (edited === undefined) throw new Error('Nothing was generated.');
  // The file that is edited comes last, so that it sees all the others.
  const order = [...texts.filter((each) => each !== edited), edited];
  for (const [path, text] of order.slice(0, -1)) {
    await session.notify('textDocument/didOpen', { textDocument: { uri: uriOf(path), languageId: 'drml', version: 1, text } });
  }
  const [path, text] = edited;
  await session.until(uriOf(path), 'textDocument/didOpen', {
    textDocument: { uri: uriOf(path), languageId: 'drml', version: 1, text },
  });
  await session.idle();
  const open = cpuOf(session.pid) - start;
  const before = text.slice(0, text.lastIndexOf('load 900rps'));
  const line = before.split('\n').length - 1;
  const character = before.length - before.lastIndexOf('\n') - 1 + 'load 9'.length;
  const keystrokes: number[] = [];
  const settled: number[] = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    const at = cpuOf(session.pid);
    await session.until(uriOf(path), 'textDocument/didChange', {
      textDocument: { uri: uriOf(path), version: stroke + 2 },
      contentChanges: [
        {
          range: { start: { line, character }, end: { line, character: character + (stroke === 0 ? 0 : 1) } },
          text: String(stroke % 10),
        },
      ],
    });
    keystrokes.push(cpuOf(session.pid) - at);
    await session.idle();
    settled.push(cpuOf(session.pid) - at);
  }
  const resident = residentOf(session.pid);
  await session.stop();
  return { start, open, keystrokes, settled, resident };
}

const [server = 'dist/server.cjs', services = '1000', files = '1', strokes = '7'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await measure(server, Number(services), Number(files), Number(strokes))));
