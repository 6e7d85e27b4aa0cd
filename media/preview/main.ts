/** The picture beside the text: receives graphs, lays them out in a worker, draws them, and leads back to the source. */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Layout } from '../../language/diagram/layout.js';
import { button, element } from './elements.js';
import { WorkerLayouts } from './layout-engine.js';
import { MatrixPanel } from './matrix-panel.js';
import { Picture, type PicturePart } from './picture.js';
import type { HostMessage } from './protocol.js';
import { parseView } from './view-state.js';
import { Viewport } from './viewport.js';
import { connectHost } from './vscode-host.js';
import { WhatIfControl } from './what-if.js';

/** Layouts kept for when a structure comes back, as it does with undo. */
const keptLayouts = 20;
/** A wait shorter than this is not worth a word. In milliseconds. */
const silentWait = 400;
/** How long a notice stands. In milliseconds. */
const noticeTime = 6000;

const host = connectHost();
const layouts = new WorkerLayouts();
const known = new Map<string, Layout>();
const kept = host.recall();
const viewport = new Viewport(parseView(kept), () => keep());
const picture = new Picture(viewport, activate);
let switches: unknown = typeof kept === 'object' && kept !== null && 'switches' in kept ? kept.switches : undefined;
const whatIf = new WhatIfControl(
  {
    send: (message) => host.send(message),
    show: (states) => picture.showStates(states),
    keep: (now) => {
      switches = now;
      keep();
    },
  },
  switches,
);
const matrix = new MatrixPanel((message) => host.send(message));
const banner = line('banner', 'status');
const waiting = line('waiting', 'status');

let newest = 0;
let next: DiagramGraph | undefined;
let busy = false;
/** What is wrong with the text, and what with the drawing; the banner shows both. */
let textProblem = '';
let drawingProblem = '';

document.body.append(
  banner,
  viewport.pane,
  element('div', 'footer', whatIf.bar.root, toolbar()),
  matrix.root,
  waiting,
  whatIf.announcer,
);
say(waiting, 'Waiting for the first picture…');
host.listen(receive);
host.send({ kind: 'ready' });

function keep(): void {
  host.keep({ ...viewport.view, ...(switches === undefined ? {} : { switches }) });
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
      layouts.start(message.source);
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
      next = message.graph;
      layouts.supersede();
      if (!busy) void drawAll();
      return;
    }
  }
}

/** Draws the newest graph until no newer one has come meanwhile. */
async function drawAll(): Promise<void> {
  busy = true;
  const timer = setTimeout(() => say(waiting, 'Laying out…'), silentWait);
  try {
    while (next !== undefined) {
      const graph: DiagramGraph = next;
      next = undefined;
      drawingProblem = '';
      const layout = known.get(graph.structure) ?? (await layOut(graph));
      if (next === undefined || picture.isEmpty) picture.show(graph, layout);
    }
  } catch (error) {
    // The last good picture stays, and the next edit gets its chance.
    drawingProblem = `The picture could not be drawn: ${String(error)}.`;
  }
  clearTimeout(timer);
  say(waiting, '');
  showProblems();
  busy = false;
}

async function layOut(graph: DiagramGraph): Promise<Layout> {
  const answer = await layouts.layout(graph, () => next === undefined);
  drawingProblem = answer.problem ?? '';
  // A drawing that was cut short is not kept: the next one may be better.
  if (answer.problem === undefined && next === undefined) {
    known.set(graph.structure, answer.layout);
    const [oldest] = known.keys();
    if (known.size > keptLayouts && oldest !== undefined) known.delete(oldest);
  }
  return answer.layout;
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
