/** The disaster recovery matrix over the picture: a table to sort and filter, whose rows lead to the text. */
import type { Matrix, MatrixCell, MatrixRow } from '../../language/report/matrix/matrix.js';
import { button, element, iconButton } from './elements.js';
import { icon } from './icons.js';
import { OverPage } from './over-page.js';
import type { ViewMessage } from './protocol.js';

/** What the rows are sorted by: their name, or the recovery time in one class. `turned`: the other way round. */
interface Order {
  readonly column: number;
  readonly turned: boolean;
}

const verdictText = { met: '✓ met', missed: '✗ missed', unknown: '? not known' } as const;

/** Asks for the matrix when it is opened; what it sends leads to the text, or saves it as a file. */
export class MatrixPanel {
  readonly root = element('section', 'matrix');
  readonly #send: (message: ViewMessage) => void;
  readonly #table = element('table', '');
  readonly #filter = element('input', '');
  readonly #missed = element('input', '');
  readonly #over: OverPage;
  #matrix: Matrix | null = null;
  #order: Order | undefined;

  constructor(send: (message: ViewMessage) => void) {
    this.#send = send;
    this.#over = new OverPage(this.root, 'Disaster recovery matrix', () => this.#filter);
    this.#filter.type = 'search';
    this.#filter.placeholder = 'Filter';
    this.#filter.setAttribute('aria-label', 'Filter by name or kind');
    this.#filter.addEventListener('input', () => this.#draw());
    this.#missed.type = 'checkbox';
    this.#missed.addEventListener('change', () => this.#draw());
    const save = (format: 'markdown' | 'csv' | 'html', text: string): HTMLButtonElement =>
      button(text, `Save the matrix as ${text}`, () => send({ kind: 'save-matrix', format }));
    const missed = element('label', 'check', this.#missed, ' Missed or lost only');
    const saved = element('span', 'matrix-save', save('markdown', 'Markdown'), save('csv', 'CSV'), save('html', 'HTML'));
    saved.setAttribute('role', 'group');
    saved.setAttribute('aria-label', 'Save the matrix');
    const close = iconButton('close', 'Close', 'Close the matrix (Escape)', () => this.toggle());
    const field = element('span', 'field', icon('find'), this.#filter);
    const bar = element('div', 'matrix-bar', field, missed, saved, close);
    const scrolled = element('div', 'matrix-scroll', this.#table);
    scrolled.tabIndex = 0;
    scrolled.setAttribute('role', 'region');
    scrolled.setAttribute('aria-label', 'Matrix');
    this.root.append(bar, scrolled);
  }

  /** Opens it with the newest figures, or closes it. */
  toggle(): void {
    if (this.isOpen) {
      this.#over.close();
      return;
    }
    this.#send({ kind: 'ask-matrix' });
    this.#over.open();
  }

  get isOpen(): boolean {
    return this.#over.isOpen;
  }

  show(matrix: Matrix | null): void {
    this.#matrix = matrix;
    this.#draw();
  }

  #draw(): void {
    const matrix = this.#matrix;
    if (matrix === null) {
      this.#table.replaceChildren(element('caption', '', 'There is no model to show.'));
      return;
    }
    const head = element('tr', '', this.#headOf('Of', 0), ...matrix.classes.map((name, index) => this.#headOf(name, index + 1)));
    const rows = this.#rowsOf(matrix).map((row) => this.#rowOf(row));
    const caption = element('caption', '', `${matrix.model}: ${rows.length} of ${matrix.rows.length}`);
    this.#table.replaceChildren(caption, element('thead', '', head), element('tbody', '', ...rows));
  }

  #headOf(text: string, column: number): HTMLElement {
    const head = element('th', '');
    head.scope = 'col';
    const own = this.#order?.column === column ? this.#order : undefined;
    head.setAttribute('aria-sort', own === undefined ? 'none' : own.turned ? 'descending' : 'ascending');
    const arrow = own === undefined ? '' : own.turned ? ' ▼' : ' ▲';
    head.append(
      button(`${text}${arrow}`, `Sort by ${text}`, () => {
        this.#order = { column, turned: own !== undefined && !own.turned };
        this.#draw();
      }),
    );
    return head;
  }

  #rowsOf(matrix: Matrix): readonly MatrixRow[] {
    const wanted = this.#filter.value.trim().toLowerCase();
    const rows = matrix.rows
      .filter((row) => `${row.name} ${row.title ?? ''} ${row.kind}`.toLowerCase().includes(wanted))
      .filter((row) => !this.#missed.checked || row.cells.some(isBad));
    const order = this.#order;
    if (order === undefined) return rows;
    const compared = (a: MatrixRow, b: MatrixRow): number => {
      if (order.column === 0) return a.name < b.name ? -1 : 1;
      return (a.cells[order.column - 1]?.rto.rank ?? 0) - (b.cells[order.column - 1]?.rto.rank ?? 0);
    };
    return [...rows].sort((a, b) => (order.turned ? compared(b, a) : compared(a, b)));
  }

  #rowOf(row: MatrixRow): HTMLElement {
    const head = element('th', '');
    head.scope = 'row';
    const { uri, start, end } = row.source;
    const tier = row.tier === undefined ? '' : `, tier ${row.tier}`;
    head.append(
      button(row.title ?? row.name, `Show ${row.name} in the text`, () => this.#send({ kind: 'reveal', uri, start, end })),
      element('span', 'matrix-kind', `${row.kind}${tier}`),
    );
    return element('tr', '', head, ...row.cells.map(cellOf));
  }
}

function isBad({ verdict, outcome }: MatrixCell): boolean {
  return verdict === 'missed' || outcome === 'data lost' || outcome === 'does not come back';
}

function cellOf(cell: MatrixCell): HTMLElement {
  if (cell.survives === undefined) return element('td', 'matrix-none', '– not affected');
  const isGood = cell.verdict === 'met' || (cell.verdict === undefined && cell.survives && cell.rto.text !== 'not known');
  const tone = isBad(cell) ? 'bad' : isGood ? 'good' : 'open';
  const made = element(
    'td',
    `matrix-${tone}`,
    element('div', 'matrix-outcome', cell.outcome),
    element('div', '', timeOf('RTO', cell.rto)),
    element('div', '', timeOf('RPO', cell.rpo)),
    ...(cell.verdict === undefined ? [] : [element('div', 'matrix-verdict', verdictText[cell.verdict])]),
  );
  const because = [cell.scope === undefined ? '' : `Worst: ${cell.scope}.`, cell.rto.because ?? '', cell.rpo.because ?? ''];
  made.title = because.filter((text) => text !== '').join(' · ');
  return made;
}

function timeOf(label: string, { text, target, met }: MatrixCell['rto']): string {
  const sign = met === undefined ? '' : met ? ' ✓' : ' ✗';
  return target === undefined ? `${label} ${text}` : `${label} ${text} of ${target}${sign}`;
}
