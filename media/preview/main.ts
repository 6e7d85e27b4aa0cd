/** The picture beside the text: receives graphs, lays them out in a worker, draws them, and leads back to the source. */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Layout } from '../../language/diagram/layout.js';
import { WorkerLayouts } from './layout-engine.js';
import { Picture } from './picture.js';
import type { HostMessage } from './protocol.js';
import { parseView } from './view-state.js';
import { Viewport } from './viewport.js';
import { connectHost } from './vscode-host.js';

/** Layouts kept for when a structure comes back, as it does with undo. */
const keptLayouts = 20;
/** A wait shorter than this is not worth a word. In milliseconds. */
const silentWait = 400;

const host = connectHost();
const layouts = new WorkerLayouts();
const known = new Map<string, Layout>();
const viewport = new Viewport(parseView(host.recall()), (view) => host.keep(view));
const picture = new Picture(viewport, ({ uri, start, end }) => host.send({ kind: 'reveal', uri, start, end }));
const banner = line('banner', 'status');
const waiting = line('waiting', 'status');

let newest = 0;
let next: DiagramGraph | undefined;
let busy = false;
/** What is wrong with the text, and what with the drawing; the banner shows both. */
let textProblem = '';
let drawingProblem = '';

document.body.append(banner, viewport.pane, toolbar(), waiting);
say(waiting, 'Waiting for the first picture…');
host.listen(receive);
host.send({ kind: 'ready' });

function receive(message: HostMessage): void {
  switch (message.kind) {
    case 'worker':
      layouts.start(message.source);
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
  bar.setAttribute('aria-label', 'Zoom');
  const buttons: readonly (readonly [string, string, () => void])[] = [
    ['−', 'Zoom out', () => viewport.zoom(1 / 1.25)],
    ['+', 'Zoom in', () => viewport.zoom(1.25)],
    ['1:1', 'Full size', () => viewport.fullSize()],
    ['Fit', 'Show the whole picture', () => viewport.fit()],
  ];
  for (const [text, label, action] of buttons) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.title = label;
    button.setAttribute('aria-label', label);
    button.addEventListener('click', action);
    bar.append(button);
  }
  return bar;
}
