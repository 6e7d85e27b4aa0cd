/** The picture as a page of its own: the editor's view with the model and the analysis beside it, and nothing to ask elsewhere. */
import { analyze } from '../../language/analysis/analyze.js';
import { namesIn } from '../../language/diagram/export/names.js';
import { pageDataId } from '../../language/diagram/export/page.js';
import type { PageData } from '../../language/diagram/export/page-data.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { matrixOf } from '../../language/report/matrix/matrix.js';
import type { Words } from '../../language/translation/words.js';
import type { PicturePart } from '../preview/picture.js';
import type { HostMessage, ViewMessage } from '../preview/protocol.js';
import {
  element,
  exportMenu,
  iconButton,
  KeysHelp,
  keepLocalized,
  listenToPictureKeys,
  MatrixPanel,
  Stage,
  say,
  statusLine,
  toolBar,
  WhatIfControl,
} from '../preview/view-parts.js';
import { answerTo } from './answers.js';
import { explanationOf } from './explanation.js';
import { JourneyTable } from './journey-table.js';

/** How long a notice stands. In milliseconds. */
const noticeTime = 6000;

const data = JSON.parse(document.getElementById(pageDataId)?.textContent ?? '') as PageData;
const { model, asOf, language } = data;
const analysis = analyze(model, { asOf });

const notice = statusLine('waiting');
const problem = statusLine('banner');
const stage = new Stage(
  { shows: data.view, panes: data.panes, open: data.open },
  { activate, changed: () => undefined, problem: (text) => say(problem, text), waiting: (text) => say(notice, text) },
);
const journeys = new JourneyTable(model, () => matrixOf(model, analysis));
const whatIf = new WhatIfControl(
  {
    send,
    show: (states) => stage.stand(states),
    edges: () => stage.picture.shown?.graph.edges ?? [],
    keep: () => undefined,
    standsAlone: true,
  },
  data.switches,
);
const matrix = new MatrixPanel(send);
const help = new KeysHelp(true);
const [bar, sides] = stage.parts;
if (bar === undefined || sides === undefined) throw new Error('The stage has no parts.');
const beside = element('aside', 'beside', journeys.root, explanationOf(sides));
beside.setAttribute('aria-label', 'Journeys');
sides.append(beside, whatIf.bar.panel);
bar.append(
  element(
    'div',
    'bar-end',
    iconButton('keys', 'Keys', 'Keys of the picture (?)', () => help.open()),
  ),
);
listenToPictureKeys({
  help: () => help.open(),
  matrix: () => matrix.toggle(),
  losses: () => whatIf.bar.toggleLosses(),
  leave: () => whatIf.leave(),
});
let words: Words | undefined;
const save = exportMenu({
  sight: () => stage.sight,
  switches: () => whatIf.switches,
  words: () => words,
  makesPages: false,
  send,
  say: (text) => receive({ kind: 'notice', text }),
});
document.body.append(
  problem,
  element('header', '', element('h1', 'unseen', model.title ?? model.name), bar, element('p', 'as-of', `Figures as of ${asOf}`)),
  sides,
  element(
    'footer',
    'footer',
    whatIf.bar.root,
    toolBar(stage.viewport, () => matrix.toggle()),
    save,
  ),
  matrix.root,
  help.root,
  notice,
  whatIf.announcer,
);
const graph = buildGraph(model, analysis);
if (language !== undefined) {
  const names = namesIn(graph);
  words = keepLocalized(document.body, language.table, () => names);
}
journeys.show(undefined);
stage.startWith(data.layouts);
stage.take(graph);
whatIf.ask();

/** Asks, and gets the answer when everything that is going on has come to its end. */
function send(question: ViewMessage): void {
  if (question.kind === 'what-if-over') journeys.show(undefined);
  setTimeout(() => {
    const answer = answerTo(question, model, analysis);
    if (answer !== undefined) receive(answer);
  });
}

function receive(message: HostMessage): void {
  switch (message.kind) {
    case 'what-if-answer':
      whatIf.receive(message);
      if (message.answer !== null) journeys.show(message.answer);
      return;
    case 'losses':
      whatIf.receive(message);
      return;
    case 'matrix':
      matrix.show(message.matrix);
      return;
    case 'cursor':
      stage.picture.mark(message.at ?? undefined);
      return;
    case 'notice':
      whatIf.receive(message);
      say(notice, message.text);
      setTimeout(() => say(notice, ''), noticeTime);
      return;
    case 'worker':
    case 'diagram':
      return;
  }
}

/** A switch; the keys that lead to the text lead nowhere here. */
function activate(part: PicturePart, event: MouseEvent | KeyboardEvent): boolean {
  return whatIf.activate(part, event);
}
