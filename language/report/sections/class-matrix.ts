import type { Analysis, ClassRecovery } from '../../analysis/analysis.js';
import { type DisruptionClass, disruptionClasses, type Model } from '../../model/model.js';
import { type Block, type Cell, paragraph, type Section, type Span, status } from '../document.js';
import { estimateText, missingOf } from '../promises.js';
import { byText, shortList } from '../report-input.js';
import { componentsOf, journeysOf, type Subject, spokenSubject, subjectText } from '../subjects.js';

/** What each class of disruption does to every journey and component. */
export function classMatrix(model: Model, analysis: Analysis): Section {
  const journeys = journeysOf(model);
  const components = componentsOf(model);
  const hit = disruptionClasses.filter((disruption) =>
    [...journeys, ...components].some(({ name }) => analysis.recovery(name).get(disruption)?.survives !== undefined),
  );
  const blocks: readonly Block[] =
    hit.length === 0
      ? [paragraph('No class of disruption reaches anything in this model: no region is stated.')]
      : [
          paragraph(
            'Survives: up again by itself or by a failover, with everything of the class off at its worst place. RTO: until it is back. RPO: how much data is lost. The verdict is that of the promise for the class, where there is one.',
          ),
          ...matrixOf('Journeys and classes of disruption', journeys, hit, analysis),
          ...matrixOf('Components and classes of disruption', components, hit, analysis),
          ...missingFacts([...journeys, ...components], hit, analysis),
        ];
  return { id: 'classes', title: 'Disruptions, class by class', blocks };
}

function matrixOf(
  caption: string,
  subjects: readonly Subject[],
  hit: readonly DisruptionClass[],
  analysis: Analysis,
): readonly Block[] {
  const reached = subjects.filter(({ name }) => hit.some((each) => analysis.recovery(name).get(each)?.survives !== undefined));
  const beyond = subjects.filter((subject) => !reached.includes(subject));
  const rest =
    beyond.length === 0 ? [] : [paragraph(`Beyond the reach of all classes: ${beyond.map(({ name }) => name).join(', ')}.`)];
  if (reached.length === 0) return rest;
  return [
    {
      kind: 'table',
      caption,
      matrix: true,
      header: ['Of', ...hit],
      rows: reached.map((subject) => [
        headOf(subject),
        ...hit.map((disruption) => cellOf(subject, analysis.recovery(subject.name).get(disruption))),
      ]),
    },
    ...rest,
  ];
}

function headOf(subject: Subject): Cell {
  const { kind, tier } = subject;
  return { lines: [subjectText(subject), tier === undefined ? kind : `${kind}, tier ${tier}`] };
}

/** What to state so that the times of the matrix that are not known become known. */
function missingFacts(subjects: readonly Subject[], hit: readonly DisruptionClass[], analysis: Analysis): readonly Block[] {
  const users = new Map<string, Set<string>>();
  for (const { name } of subjects) {
    for (const disruption of hit) {
      const found = analysis.recovery(name).get(disruption);
      if (found?.survives === undefined) continue;
      for (const missing of [...missingOf(found.rto), ...missingOf(found.rpo)]) {
        const names = users.get(missing);
        const use = `${name} after ${disruption}`;
        if (names === undefined) users.set(missing, new Set([use]));
        else names.add(use);
      }
    }
  }
  if (users.size === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'What is missing: stating it makes the times known',
      header: ['Not stated', 'Needed for'],
      rows: [...users].sort(([a], [b]) => byText(a, b)).map(([missing, uses]) => [missing, shortList(uses)]),
    },
  ];
}

/** What a journey does not come back from, or loses its data in, while no objective speaks of it; a sentence for each journey. */
export function uncoveredDisruptions(model: Model, analysis: Analysis): readonly string[] {
  return journeysOf(model).flatMap((subject) => {
    const fatal = [...analysis.recovery(subject.name).values()].filter(({ survives, lost, rto, disruption }) => {
      const promised = subject.objective?.classes.some((each) => each.disruption === disruption) ?? false;
      return !promised && survives !== undefined && (lost || rto.status === 'never');
    });
    if (fatal.length === 0) return [];
    const told = fatal.map((each) => `${each.disruption} (${survival(each)})`).join(', ');
    return [`${spokenSubject(subject)}: ${told}.`];
  });
}

function cellOf({ objective }: Subject, found: ClassRecovery | undefined): Cell {
  if (found?.survives === undefined) return status('neutral', 'not affected');
  const promise = objective?.classes.find((each) => each.disruption === found.disruption);
  const verdicts = [
    ...(promise?.rto === undefined ? [] : [found.rto.verdict?.met]),
    ...(promise?.rpo === undefined ? [] : [found.rpo.verdict?.met]),
  ];
  const met = verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
  return {
    lines: [
      found.lost || (found.survives === false && found.rto.status === 'never') ? status('bad', survival(found)) : survival(found),
      `RTO ${estimateText(found.rto)}`,
      `RPO ${estimateText(found.rpo)}`,
      ...(verdicts.length === 0 ? [] : [promiseVerdict(met)]),
    ],
  };
}

function promiseVerdict(met: boolean | undefined): Span {
  if (met === undefined) return status('open', 'promise not known');
  return met ? status('good', 'promise met') : status('bad', 'promise missed');
}

/** Whether something survives a class, in words. */
export function survival({ survives, lost, rto }: Pick<ClassRecovery, 'survives' | 'lost' | 'rto'>): string {
  if (lost) return 'data lost';
  if (survives === true) return 'survives';
  return rto.status === 'never' ? 'does not come back' : 'down until recovered';
}
