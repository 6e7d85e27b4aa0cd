/** The only file that knows VS Code's side of a webview. Another editor brings another file with the same functions. */
import { type HostMessage, hostMessageKinds, type ViewMessage } from './protocol.js';

interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** What the view needs of the editor around it. */
export interface Host {
  send(message: ViewMessage): void;
  /** What {@link Host.keep} was last given, also after the view was hidden and built anew; undefined at first. */
  recall(): unknown;
  keep(state: unknown): void;
  /** Calls back for every message of the editor; all else that reaches the window is ignored. */
  listen(receive: (message: HostMessage) => void): void;
}

/** Connects to VS Code. Can be called once in the life of a page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    recall: () => api.getState(),
    keep: (state) => api.setState(state),
    listen: (receive) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isHostMessage(event.data)) receive(event.data);
      });
    },
  };
}

function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false;
  return hostMessageKinds.some((kind) => kind === data.kind);
}
