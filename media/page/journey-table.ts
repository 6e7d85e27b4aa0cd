/** The journeys beside the picture: what each loses with what is off, or with each class of disruption while nothing is. */
import { displayName } from '../../language/diagram/display-name.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import type { Model } from '../../language/model/model.js';
import type { Matrix, MatrixCell } from '../../language/report/matrix/matrix.js';
import { element } from '../preview/view-parts.js';

/** Classes that are told while nothing is off: losses of places, which a click on a place tries out. */
const told = ['zone-loss', 'region-loss'] as const;

/** The states of an objective, as words with a sign. */
const verdicts = { met: '✓ as promised', missed: '✗ promise missed', unknown: '? not known' } as const;

/** A table of its own, for eyes, for screen readers and for paper. */
export class JourneyTable {
  readonly root = element('section', 'journeys');
  readonly #table = element('table', '');
  readonly #broken = element('div', 'broken');
  readonly #model: Model;
  readonly #matrix: () => Matrix;

  /** `matrix` is asked when nothing is off. */
  constructor(model: Model, matrix: () => Matrix) {
    this.#model = model;
    this.#matrix = matrix;
    this.root.append(this.#table, this.#broken);
    this.root.hidden = model.journeys.length === 0;
  }

  /** What became of the journeys and of what a scenario expected; undefined: nothing is off. */
  show(answer: WhatIf | undefined): void {
    if (answer === undefined) this.#showWorst();
    else this.#showOutcomes(answer);
    const broken = answer?.broken ?? [];
    this.#broken.replaceChildren(
      ...(broken.length === 0
        ? []
        : [
            element('h2', '', 'Expectations missed'),
            element('ul', '', ...broken.map(({ text, estimate }) => element('li', '', `✗ ${text} (${estimate})`))),
          ]),
    );
  }

  #showWorst(): void {
    const matrix = this.#matrix();
    const classes = told.filter((each) => matrix.classes.includes(each));
    const rows = matrix.rows
      .filter(({ kind }) => kind === 'journey')
      .map((row) => {
        const cells = classes.flatMap((each) => row.cells.find(({ disruption }) => disruption === each) ?? []);
        return element('tr', '', headOf(row.title ?? row.name), ...cells.map(worstOf));
      });
    this.#fill('Journeys after the worst loss', ['Journey', ...classes.map((each) => each.replace('-', ' '))], rows);
  }

  #showOutcomes({ journeys, states }: WhatIf): void {
    const named = new Map(this.#model.journeys.map((journey) => [journey.name, displayName(journey)]));
    const standing = new Map(states.nodes.map((node) => [node.id, node]));
    const rows = journeys.map(({ name, up, rto, rpo, verdict }) => {
      const { state, reason } = standing.get(name) ?? {};
      const works = { tone: 'good', word: rto === '0 s' ? '✓ works' : '✓ works again' };
      const short = { tone: 'short', word: '◐ DEGRADED' };
      const { tone, word } = up ? (state === 'degraded' ? short : works) : { tone: 'bad', word: '✗ DOWN' };
      const now = element('td', '', element('div', tone, word));
      if (reason !== undefined && state !== 'at-risk') now.append(element('div', '', reason));
      if (verdict !== undefined) now.append(element('div', verdict === 'missed' ? 'bad' : '', verdicts[verdict]));
      return element('tr', '', headOf(named.get(name) ?? name), now, element('td', 'time', rto), element('td', 'time', rpo));
    });
    this.#fill('Journeys with what is switched off', ['Journey', 'Now', 'RTO', 'RPO'], rows);
  }

  #fill(caption: string, heads: readonly string[], rows: readonly HTMLElement[]): void {
    const head = heads.map((text) => {
      const cell = element('th', '', text);
      cell.scope = 'col';
      return cell;
    });
    this.#table.replaceChildren(
      element('caption', '', caption),
      element('thead', '', element('tr', '', ...head)),
      element('tbody', '', ...rows),
    );
  }
}

function headOf(text: string): HTMLElement {
  const head = element('th', '', text);
  head.scope = 'row';
  head.dir = 'auto';
  return head;
}

function worstOf({ survives, rto, rpo, verdict, scope }: MatrixCell): HTMLElement {
  if (survives === undefined) return element('td', '', '– not affected');
  const cell = element('td', '', element('div', 'time', `RTO ${rto.text}`), element('div', 'time', `RPO ${rpo.text}`));
  if (verdict !== undefined) cell.append(element('div', verdict === 'missed' ? 'bad' : '', verdicts[verdict]));
  if (scope !== undefined) cell.append(element('div', 'scope', `worst: ${scope}`));
  return cell;
}
