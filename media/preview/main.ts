/** The picture beside the text: receives graphs, lays them out in a worker, draws them, and leads back to the source. */
import { button, element } from './elements.js';
import { exportMenu } from './export-menu.js';
import { MatrixPanel } from './matrix-panel.js';
import type { PicturePart } from './picture.js';
import type { HostMessage } from './protocol.js';
import { Stage } from './stage.js';
import { connectHost } from './vscode-host.js';
import { WhatIfControl } from './what-if.js';

/** How long a notice stands. In milliseconds. */
const noticeTime = 6000;

const host = connectHost();
const kept = host.recall();
const banner = line('banner', 'status');
const waiting = line('waiting', 'status');
/** What is wrong with the text, and what with the drawing; the banner shows both. */
let textProblem = '';
let drawingProblem = '';
let isReady = false;
const stage = new Stage(kept, {
  activate,
  changed: () => {
    if (isReady) keep();
  },
  problem: (text) => {
    drawingProblem = text;
    showProblems();
  },
  waiting: (text) => say(waiting, text),
});
const { picture, viewport } = stage;
let switches: unknown = typeof kept === 'object' && kept !== null && 'switches' in kept ? kept.switches : undefined;
const whatIf = new WhatIfControl(
  {
    send: (message) => host.send(message),
    show: (states) => stage.stand(states),
    edges: () => picture.shown?.graph.edges ?? [],
    keep: (now) => {
      switches = now;
      keep();
    },
  },
  switches,
);
const matrix = new MatrixPanel((message) => host.send(message));

let newest = 0;

document.body.append(
  banner,
  ...stage.parts,
  element(
    'div',
    'footer',
    whatIf.bar.root,
    toolbar(),
    exportMenu(
      () => picture.shown,
      (message) => host.send(message),
      notice,
    ),
  ),
  matrix.root,
  waiting,
  whatIf.announcer,
);
say(waiting, 'Waiting for the first picture…');
isReady = true;
host.listen(receive);
host.send({ kind: 'ready' });

function keep(): void {
  const { view, panes } = stage.kept;
  host.keep({ ...viewport.view, shows: view, panes, ...(switches === undefined ? {} : { switches }) });
}

/** A click or a key on a part: a switch, what can be done there, or the way to its source. */
function activate(part: PicturePart, event: MouseEvent | KeyboardEvent): boolean {
  if (whatIf.activate(part, event)) return true;
  const { uri, start, end } = part.source;
  if (event instanceof KeyboardEvent && event.key === 'a' && !event.ctrlKey && !event.metaKey) {
    host.send({ kind: 'actions', uri, start, end });
    return true;
  }
  if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return false;
  host.send({ kind: 'reveal', uri, start, end });
  return true;
}

function receive(message: HostMessage): void {
  switch (message.kind) {
    case 'worker':
      stage.start(message.source);
      return;
    case 'what-if-answer':
    case 'losses':
      whatIf.receive(message);
      return;
    case 'notice':
      whatIf.receive(message);
      notice(message.text);
      return;
    case 'matrix':
      matrix.show(message.matrix);
      return;
    case 'cursor':
      picture.mark(message.at ?? undefined);
      return;
    case 'diagram': {
      if (message.version < newest) return;
      newest = message.version;
      const fallback = message.graph === null ? 'The model cannot be drawn now.' : '';
      textProblem = message.problem ?? fallback;
      if (message.graph === null) {
        if (textProblem !== '' && !picture.isEmpty) textProblem += ' This is the last good picture.';
        if (picture.isEmpty) say(waiting, '');
        showProblems();
        return;
      }
      showProblems();
      whatIf.bar.outdated();
      if (picture.isEmpty) whatIf.ask();
      if (matrix.isOpen) host.send({ kind: 'ask-matrix' });
      stage.take(message.graph);
      return;
    }
  }
}

function showProblems(): void {
  say(banner, [textProblem, drawingProblem].filter((text) => text !== '').join(' '));
  viewport.pane.classList.toggle('stale', textProblem !== '' && !picture.isEmpty);
}

/** A word that goes by itself. */
function notice(text: string): void {
  say(waiting, text);
  setTimeout(() => {
    if (waiting.textContent === text) say(waiting, '');
  }, noticeTime);
}

function say(element: HTMLElement, text: string): void {
  element.textContent = text;
  element.hidden = text === '';
}

function line(className: string, role: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.setAttribute('role', role);
  element.hidden = true;
  return element;
}

function toolbar(): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'toolbar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'View');
  const buttons: readonly (readonly [string, string, () => void])[] = [
    ['−', 'Zoom out', () => viewport.zoom(1 / 1.25)],
    ['+', 'Zoom in', () => viewport.zoom(1.25)],
    ['1:1', 'Full size', () => viewport.fullSize()],
    ['Fit', 'Show the whole picture', () => viewport.fit()],
    ['Matrix', 'Show the disaster recovery matrix', () => matrix.toggle()],
  ];
  for (const [text, label, action] of buttons) {
    bar.append(button(text, label, action));
  }
  return bar;
}
