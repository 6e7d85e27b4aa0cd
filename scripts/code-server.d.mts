/** A VS Code that runs in a process of its own and is used with a browser. */
export interface RunningCodeServer {
  /** The address that opens the folder it was started with. */
  readonly url: string;
  /** The folder with its home, settings, extensions and logs. */
  readonly state: string;
  /** Ends the server and removes that folder. */
  readonly stop: () => Promise<void>;
  /** The exit code, once the server has ended. */
  readonly ended: Promise<number>;
}

export const codeServerVersion: string;
export function ensureCodeServer(): Promise<string>;
export function freePort(): Promise<number>;
export function startCodeServer(options: {
  readonly vsix: string;
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly inBrowser?: boolean;
  readonly grace?: number;
}): Promise<RunningCodeServer>;
