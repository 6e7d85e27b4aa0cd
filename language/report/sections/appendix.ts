import { type Cell, code, note, paragraph, type Section } from '../document.js';
import type { ReportInput } from '../report-input.js';

/** How the figures come about, and how to match the paper with the model. */
export function appendix({ model, analysis, origin }: ReportInput): readonly Section[] {
  const example = model.journeys[0]?.name ?? model.components[0]?.name ?? 'NAME';
  const first =
    [...model.journeys.map(({ name }) => name)].sort()[0] ?? [...model.components.map(({ name }) => name)].sort()[0] ?? example;
  return [
    {
      id: 'method',
      title: 'How the figures are computed',
      blocks: [
        {
          kind: 'list',
          items: [
            'Availability is exact over shared zones, regions and dependencies: each of them is one event, wherever it is needed. The time that switching to a standby takes is part of it. A year has 365 days.',
            'RTO is the slowest chain of steps from the fault until it serves again. RPO is the least that any copy outside of what failed loses, at worst. Both are those of the worst place of a class.',
            'A single point of failure is an event that takes something down alone. What an event costs is its unavailability times its Birnbaum importance.',
            'A figure is known, bounded, not known (then what is missing is named), unbounded, or never.',
          ],
        },
        paragraph([
          'Every figure explains itself: ',
          code(`drml analyze PATH --explain ${first}.availability`),
          ' prints its terms, with the numbers and where they are stated. The formulas and their sources are in docs/figures.md.',
        ]),
        note('The figures hold for the model. They are as good as what is stated in it, and say nothing about what is left out.'),
      ],
    },
    {
      id: 'integrity',
      title: 'Integrity',
      blocks: [
        paragraph(
          'The same files under the same settings, read by the same version of DRML as of the same day, give this report again, byte for byte.',
        ),
        {
          kind: 'table',
          caption: 'Files of the model',
          header: ['File', 'SHA-256'],
          rows: origin.sources.map(({ path, sha256 }): readonly Cell[] => [path, code(sha256)]),
        },
        {
          kind: 'facts',
          rows: [
            ['All files', code(origin.sha256)],
            [
              'Computed by',
              'SHA-256 of one line for each file in this order: its sum, two blanks, its path; what sha256sum prints',
            ],
            ['DRML', origin.version],
            ['As of', analysis.asOf],
          ],
        },
      ],
    },
  ];
}
