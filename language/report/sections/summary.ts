import { type Block, note, paragraph, type Section, strong } from '../document.js';
import { gapSentence, type PromiseMade, worstFirst } from '../promises.js';

/** What a reader without time must know beside the promises. */
export interface Highlights {
  readonly expectations: { readonly met: number; readonly missed: number; readonly unknown: number };
  readonly expiredAcceptances: number;
  readonly acceptances: number;
  readonly drills: number;
  readonly backups: number;
  readonly backupsInTime: number;
  /** Disruptions that nothing is promised for and that a journey does not come back from, in a sentence each. */
  readonly uncovered: readonly string[];
}

/** How many gaps are told on the first page of text. */
const mostGaps = 3;

/** How many journeys are told that do not withstand something. */
const mostUncovered = 10;

/** How many promises are kept, and the worst gaps in a sentence each. */
export function summary(promises: readonly PromiseMade[], highlights: Highlights): Section {
  const count = (met: boolean | undefined): number => promises.filter((promise) => promise.met === met).length;
  const [met, missed, unknown] = [count(true), count(false), count(undefined)];
  const gaps = [...worstFirst(promises), ...promises.filter((promise) => promise.met === undefined)];
  const shown = gaps.slice(0, mostGaps);
  return {
    id: 'summary',
    title: 'Summary',
    blocks: [
      paragraph(verdictSentence(promises.length, met, missed, unknown)),
      {
        kind: 'tally',
        items: [
          { count: met, tone: met === 0 ? 'neutral' : 'good', label: 'met' },
          { count: missed, tone: missed === 0 ? 'neutral' : 'bad', label: 'missed' },
          { count: unknown, tone: unknown === 0 ? 'neutral' : 'open', label: 'not known' },
        ],
      },
      ...gapBlocks(shown, gaps.length),
      ...(highlights.uncovered.length === 0
        ? []
        : ([
            { kind: 'heading', text: 'Not promised, and not withstood' },
            { kind: 'list', items: shortened(highlights.uncovered) },
          ] as const)),
      { kind: 'heading', text: 'Evidence and risks' },
      { kind: 'list', items: besides(highlights) },
      note(
        'A figure that cannot be known from what is stated counts as not known, never as met. People, premises and procedures are outside of the model.',
      ),
    ],
  };
}

function shortened(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - mostUncovered;
  if (more <= 0) return sentences;
  return [...sentences.slice(0, mostUncovered), `${more} more journey${more === 1 ? '' : 's'}: see the classes of disruption.`];
}

function verdictSentence(all: number, met: number, missed: number, unknown: number): string {
  if (all === 0) return 'No objective is stated: there is nothing that this design promises, and nothing to judge it by.';
  if (met === all) return all === 1 ? 'The one promise is met.' : `All ${all} promises are met.`;
  const rest = [...(missed === 0 ? [] : [`${missed} missed`]), ...(unknown === 0 ? [] : [`${unknown} not known`])].join(', ');
  return `Of ${all} promise${all === 1 ? '' : 's'}, ${met} ${met === 1 ? 'is' : 'are'} met: ${rest}.`;
}

function gapBlocks(shown: readonly PromiseMade[], all: number): readonly Block[] {
  if (shown.length === 0) return [];
  const title = all > shown.length ? `The ${shown.length} worst of ${all} gaps` : shown.length === 1 ? 'The one gap' : 'The gaps';
  return [
    { kind: 'heading', text: title },
    { kind: 'list', items: shown.map(gapSentence) },
  ];
}

function besides({
  expectations,
  acceptances,
  expiredAcceptances,
  drills,
  backups,
  backupsInTime,
}: Highlights): readonly (readonly (string | ReturnType<typeof strong>)[])[] {
  const { met, missed, unknown } = expectations;
  const all = met + missed + unknown;
  return [
    [
      strong('Scenarios:'),
      ' ',
      all === 0 ? 'nothing is expected of any.' : `${met} of ${all} expectations met, ${missed} missed, ${unknown} not known.`,
    ],
    [strong('Drills:'), ' ', drills === 0 ? 'none recorded; no figure here has been measured.' : `${drills} recorded.`],
    [
      strong('Backups:'),
      ' ',
      backups === 0 ? 'none.' : `${backups}, of which ${backupsInTime} restored in a test within the age its tier allows.`,
    ],
    [strong('Accepted risks:'), ' ', acceptances === 0 ? 'none.' : `${acceptances}, of which ${expiredAcceptances} expired.`],
  ];
}
