/** The picture beside the text: receives graphs, lays them out in a worker, draws them, and leads back to the source. */
import { namesIn } from '../../language/diagram/export/names.js';
import { ChangeMenu } from './change-menu.js';
import { element, iconButton } from './elements.js';
import { exportMenu } from './export-menu.js';
import { KeptViews } from './kept-views.js';
import { KeysHelp } from './keys-help.js';
import { keepLocalized, tableOfPage } from './localized.js';
import { MatrixPanel } from './matrix-panel.js';
import { Notice } from './notice.js';
import { OutlineList } from './outline-list.js';
import type { PicturePart } from './picture.js';
import { listenToPictureKeys } from './picture-keys.js';
import type { DiagramMessage, HostMessage, OutlineMessage } from './protocol.js';
import { Stage } from './stage.js';
import { say, statusLine } from './status-line.js';
import { toolBar } from './tool-bar.js';
import { connectHost } from './vscode-host.js';
import { WhatIfControl } from './what-if.js';

/** A view that has not moved for so long is told to others. In milliseconds. */
const restTime = 400;

const host = connectHost();
const memory = new KeptViews(host.recall());
const kept = memory.current;
const banner = statusLine('banner');
const waiting = statusLine('waiting');
const notice = new Notice((message) => host.send(message));
/** What is wrong with the text, and what with the drawing; the banner shows both. */
let textProblem = '';
let drawingProblem = '';
let isReady = false;
const changes = new ChangeMenu((message) => host.send(message));
const help = new KeysHelp();
const stage = new Stage(kept, {
  activate,
  choose: (part) => changes.choose(part),
  barEnd: [
    element(
      'div',
      'bar-end',
      changes.opener,
      pinButton(),
      iconButton('keys', 'Keys', 'Keys of the picture (?)', () => help.open()),
    ),
  ],
  changed: () => {
    if (isReady) keep();
  },
  problem: (text) => {
    drawingProblem = text;
    showProblems();
  },
  waiting: (text) => say(waiting, text),
  shown: () => outline.hide(),
});
const { picture, viewport } = stage;
let switches: unknown = switchesOf(kept);
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
const outline = new OutlineList((message) => host.send(message));
const matrix = new MatrixPanel((message) => host.send(message));

let newest = 0;
let telling: ReturnType<typeof setTimeout> | undefined;
let listed: OutlineMessage | undefined;

const [bar, sides] = stage.parts;
document.body.append(
  banner,
  element('header', '', ...(bar === undefined ? [] : [bar])),
  ...(sides === undefined ? [] : [sides]),
  element(
    'footer',
    'footer',
    whatIf.bar.root,
    toolBar(viewport, () => matrix.toggle()),
    exportMenu({
      sight: () => stage.sight,
      switches: () => whatIf.switches,
      words: () => words,
      makesPages: true,
      send: (message) => host.send(message),
      say: (text) => notice.tell({ text }),
    }),
  ),
  matrix.root,
  waiting,
  notice.root,
  help.root,
  whatIf.announcer,
);
viewport.pane.append(outline.root);
sides?.append(whatIf.bar.panel, changes.root);
listenToPictureKeys({
  help: () => help.open(),
  matrix: () => matrix.toggle(),
  losses: () => whatIf.bar.toggleLosses(),
  leave: () => whatIf.leave(),
});
say(waiting, 'Waiting for the first picture…');
const table = tableOfPage();
/** What the model and its places are called. */
let names: ReadonlySet<string> = new Set();
const words = table === undefined ? undefined : keepLocalized(document.body, table, () => names);
isReady = true;
host.listen(receive);
host.send({ kind: 'ready' });

function keep(): void {
  const { view, panes, open } = stage.kept;
  const state = { ...viewport.view, shows: view, panes, open, ...(switches === undefined ? {} : { switches }) };
  host.keep(memory.keep(state));
  const { file } = memory;
  if (file === undefined) return;
  // Every pixel of a movement is kept here; others hear of it when it has come to rest.
  clearTimeout(telling);
  telling = setTimeout(() => host.send({ kind: 'kept', file, state: memory.current }), restTime);
}

/** The text of another file has become the active one: it is looked at as it was before. */
function turn({ file, kept: elsewhere, graph }: DiagramMessage): void {
  const turned = file === undefined ? undefined : memory.turnTo(file, elsewhere);
  if (turned === undefined) return;
  const { state } = turned;
  changes.choose(undefined);
  stage.restore(state, graph === null);
  switches = switchesOf(state);
  whatIf.restore(switches);
  keep();
}

function switchesOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'switches' in state ? state.switches : undefined;
}

/** A click or a key on a part: a switch, what can be done there, or the way to its source. */
function activate(part: PicturePart, event: MouseEvent | KeyboardEvent): boolean {
  if (whatIf.activate(part, event)) return true;
  const { uri, start, end } = part.source;
  const wantsChange = event instanceof KeyboardEvent ? event.key === 'a' && !event.ctrlKey && !event.metaKey : event.button === 2;
  if (wantsChange) {
    if (!changes.open(part, pointOf(event))) host.send({ kind: 'actions', uri, start, end });
    return true;
  }
  if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return false;
  host.send({ kind: 'reveal', uri, start, end });
  return true;
}

/** Where a menu opens: at the pointer, or at the part that has the focus. */
function pointOf(event: MouseEvent | KeyboardEvent): { readonly x: number; readonly y: number } | undefined {
  if (event instanceof MouseEvent) return { x: event.clientX, y: event.clientY };
  if (!(event.target instanceof Element)) return undefined;
  const { left, bottom } = event.target.getBoundingClientRect();
  return { x: left, y: bottom };
}

function receive(message: HostMessage): void {
  switch (message.kind) {
    case 'worker':
      stage.start(message.source, message.layered);
      return;
    case 'outline':
      listed = message;
      if (picture.isEmpty) outline.show(message);
      return;
    case 'what-if-answer':
    case 'losses':
      whatIf.receive(message);
      return;
    case 'notice':
      whatIf.receive(message);
      notice.tell(message);
      return;
    case 'part-changes':
      changes.show(message);
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
      turn(message);
      const fallback = message.graph === null ? 'The model cannot be drawn now.' : '';
      textProblem = message.problem ?? fallback;
      if (message.graph === null) {
        if (textProblem !== '' && !picture.isEmpty) textProblem += ' This is the last good picture.';
        if (picture.isEmpty) say(waiting, '');
        if (picture.isEmpty && listed !== undefined && listed.uri === (message.file ?? listed.uri)) outline.show(listed);
        showProblems();
        return;
      }
      showProblems();
      whatIf.bar.outdated();
      if (picture.isEmpty) whatIf.ask();
      if (matrix.isOpen) host.send({ kind: 'ask-matrix' });
      if (table !== undefined) names = namesIn(message.graph);
      stage.take(message.graph);
      return;
    }
  }
}

function showProblems(): void {
  say(banner, [textProblem, drawingProblem].filter((text) => text !== '').join(' '));
  viewport.pane.classList.toggle('stale', textProblem !== '' && !picture.isEmpty);
}

/** Keeps the picture on its file while others become active. */
function pinButton(): HTMLButtonElement {
  const label = 'Stay with this file; other files get a picture of their own';
  const pin = iconButton('pin', 'Pin', label, () => {
    memory.pin(!memory.isPinned);
    pin.setAttribute('aria-pressed', String(memory.isPinned));
    keep();
    host.send({ kind: 'pin', pinned: memory.isPinned });
  });
  pin.setAttribute('aria-pressed', String(memory.isPinned));
  return pin;
}
