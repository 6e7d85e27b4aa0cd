/**
 * Benchmark of the packed language server over stdio: CPU time of its process from a keystroke to the diagnostics it answers with, for
 * answers to requests, and its memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { frugalProcess } from '../../client/server-process.js';
import { generateModel } from './model-generator.js';

/** CPU milliseconds of the server's process; memory in bytes. */
export interface ServerMeasurement {
  /** Until `initialize` is answered. */
  readonly ready: number;
  readonly open: number;
  /** To the first diagnostics of the new text. */
  readonly keystrokes: readonly number[];
  /** Until nothing is left to do: the analysis and its diagnostics included. */
  readonly settled: readonly number[];
  /** One answer each, means of many after the first. */
  readonly completion: number;
  readonly hover: number;
  /** What can be done where the caret stands, the hints of forty lines, the lines above all declarations. */
  readonly actions: number;
  readonly hints: number;
  readonly lenses: number;
  readonly semanticTokens: number;
  readonly lines: number;
  /** Resident memory: the most that there was, right after the edits, after a pause, and when the server had come to rest. */
  readonly peak: number;
  readonly edited: number;
  readonly paused: number;
  readonly resting: number;
}

/** The server collects waste three seconds after the last change. */
const pauseMilliseconds = 4_500;
/** It gives more memory back ten seconds after the last change. */
const restMilliseconds = 11_500;

/** User and system time of all threads of a process in milliseconds, from /proc. */
function cpuOf(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // A thread that ended meanwhile takes its share with it; those that work live as long as the process.
    }
  }
  return nanoseconds / 1e6;
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
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
    // As the extension starts it.
    const child = spawn(process.execPath, [...frugalProcess.execArgv, server, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...frugalProcess.env },
    });
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
    // A millisecond in 300 is what a process does that does nothing.
    for (let last = -1, now = cpuOf(this.pid); now - last > 1; last = now, now = cpuOf(this.pid)) await pause(300);
  }

  request(method: string, parameters: object): Promise<unknown> {
    return this.connection.sendRequest(method, parameters);
  }

  /** CPU milliseconds of one answer: the mean of many, after one that pays for what is made at the first. */
  async cost(method: string, requests: readonly object[]): Promise<number> {
    const [first, ...rest] = requests;
    const answer = first === undefined ? null : await this.request(method, first);
    if (answer === null) throw new Error(`${method} was answered with nothing.`);
    await this.idle();
    const before = cpuOf(this.pid);
    for (const parameters of rest) await this.request(method, parameters);
    return (cpuOf(this.pid) - before) / rest.length;
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
  const ready = cpuOf(session.pid);
  await session.idle();
  const started = cpuOf(session.pid);
  const texts = [...generateModel(services, files)];
  const uriOf = (path: string): string => `file:///bench/${path}`;
  const changing = texts.find(([path]) => path !== 'root.drml' && path !== 'sites.drml') ?? texts[0];
  if (changing === undefined) throw new Error('Nothing was generated.');
  // The file that is edited comes last, so that it sees all the others.
  const order = [...texts.filter((each) => each !== changing), changing];
  for (const [path, text] of order.slice(0, -1)) {
    await session.notify('textDocument/didOpen', { textDocument: { uri: uriOf(path), languageId: 'drml', version: 1, text } });
  }
  const [path, text] = changing;
  await session.until(uriOf(path), 'textDocument/didOpen', {
    textDocument: { uri: uriOf(path), languageId: 'drml', version: 1, text },
  });
  await session.idle();
  const open = cpuOf(session.pid) - started;
  const head = text.slice(0, text.lastIndexOf('load 900rps'));
  const line = head.split('\n').length - 1;
  const character = head.length - head.lastIndexOf('\n') - 1 + 'load 9'.length;
  const keystrokes: number[] = [];
  const settled: number[] = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    const before = cpuOf(session.pid);
    await session.until(uriOf(path), 'textDocument/didChange', {
      textDocument: { uri: uriOf(path), version: stroke + 2 },
      contentChanges: [
        {
          range: { start: { line, character }, end: { line, character: character + (stroke === 0 ? 0 : 1) } },
          text: String(stroke % 10),
        },
      ],
    });
    keystrokes.push(cpuOf(session.pid) - before);
    await session.idle();
    settled.push(cpuOf(session.pid) - before);
  }
  const edited = memoryOf(session.pid, 'VmRSS');
  await pause(pauseMilliseconds);
  const paused = memoryOf(session.pid, 'VmRSS');
  const textDocument = { uri: uriOf(path) };
  const lines = text.split('\n');
  // Spread over the file: the word after `requires `, and the blank before it.
  const edges = lines.flatMap((content, row) => (content.startsWith('  requires ') ? [row] : []));
  const spread = Array.from({ length: 21 }, (_, index) => edges[Math.floor((index * edges.length) / 21)] ?? 0);
  const at = (row: number) => ({ textDocument, position: { line: row, character: '  requires '.length } });
  const completion = await session.cost(
    'textDocument/completion',
    spread.map((row) => ({ ...at(row), context: { triggerKind: 1 } })),
  );
  const hover = await session.cost('textDocument/hover', spread.map(at));
  const actions = await session.cost(
    'textDocument/codeAction',
    spread.map((row) => ({
      textDocument,
      range: { start: at(row).position, end: at(row).position },
      context: { diagnostics: [], triggerKind: 2 },
    })),
  );
  const hints = await session.cost(
    'textDocument/inlayHint',
    spread.map((row) => ({ textDocument, range: { start: { line: row, character: 0 }, end: { line: row + 40, character: 0 } } })),
  );
  const lenses = await session.cost(
    'textDocument/codeLens',
    Array.from({ length: 6 }, () => ({ textDocument })),
  );
  const semanticTokens = await session.cost(
    'textDocument/semanticTokens/full',
    Array.from({ length: 6 }, () => ({ textDocument })),
  );
  const peak = memoryOf(session.pid, 'VmHWM');
  await pause(restMilliseconds);
  const resting = memoryOf(session.pid, 'VmRSS');
  await session.stop();
  return {
    ready,
    open,
    keystrokes,
    settled,
    completion,
    hover,
    actions,
    hints,
    lenses,
    semanticTokens,
    lines: lines.length,
    peak,
    edited,
    paused,
    resting,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const [server = 'dist/server.cjs', services = '1000', files = '1', strokes = '7'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await measure(server, Number(services), Number(files), Number(strokes))));
