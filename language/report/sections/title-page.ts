import { type Block, code } from '../document.js';
import type { ReportInput } from '../report-input.js';

/** The first page: which model, as of when, whose it is, and where to sign. */
export function titlePage({ model, analysis, origin }: ReportInput): readonly Block[] {
  const { settings, components, journeys, regions } = model;
  const owners = [
    ...new Set(
      [settings.owner, ...journeys.map(({ owner }) => owner), ...components.map(({ owner }) => owner)].flatMap(
        (fact) => fact?.value ?? [],
      ),
    ),
  ].sort();
  const runbook = settings.runbook;
  return [
    {
      kind: 'facts',
      rows: [
        ['Model', model.title === undefined ? code(model.name) : [model.title, ' ', code(model.name)]],
        ['As of', analysis.asOf],
        ['Owners', owners.length === 0 ? 'none stated' : owners.join(', ')],
        [
          'Extent',
          `${counted(journeys.length, 'journey')}, ${counted(components.length, 'component')}, ${counted(regions.length, 'region')}`,
        ],
        ...(runbook === undefined
          ? []
          : ([['Runbook', `${runbook.url}${runbook.reviewed === undefined ? '' : `, reviewed ${runbook.reviewed}`}`]] as const)),
        ['Made by', `DRML ${origin.version}`],
        ['Sources, SHA-256', code(origin.sha256)],
      ],
    },
    {
      kind: 'signatures',
      roles: [
        { role: 'Owner of the system', name: settings.owner?.value ?? '' },
        { role: 'Author of the model', name: '' },
        { role: 'Risk officer', name: '' },
      ],
    },
  ];
}

/** `1 journey`, `3 journeys`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
