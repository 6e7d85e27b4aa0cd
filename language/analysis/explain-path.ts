/** Figures by name, as the command line and documents ask for them: `place-order.availability`, `orders.region-loss.rto`. */
import { disruptionClasses, type Model } from '../model/model.js';
import type { Analysis, ClassRecovery } from './analysis.js';
import { explainCallBudget } from './call-budget/explain-calls.js';
import { explainCapacity } from './capacity/explain-capacity.js';
import { explainStrategies } from './cost/explain-strategies.js';
import { explainTime } from './explain.js';
import { explainLossOfSite, explainSinglePoints } from './explain-downtime.js';
import { explainContributions, explainCutSets, explainOutages } from './explain-events.js';
import { explainScenario, explainScenarioFigure, scenarioMeasures } from './explain-scenario.js';
import { explain } from './explanations.js';
import type { Explanation, Figure } from './figure.js';
import { explainCaughtUp } from './recovery/explain-recovery.js';

type Maker = (analysis: Analysis, subject: string) => Explanation | undefined;

/** What can be asked of a component, journey or region: the word behind the dot. */
const figuresOfSubject: Readonly<Record<string, Maker>> = {
  availability: (analysis, subject) => explained(analysis.availability(subject)?.availability),
  unavailability: (analysis, subject) => explained(analysis.availability(subject)?.unavailability),
  structural: (analysis, subject) => explained(analysis.availability(subject)?.structuralUnavailability),
  switching: (analysis, subject) => explained(analysis.availability(subject)?.switchingUnavailability),
  degraded: (analysis, subject) => explained(analysis.availability(subject)?.degraded),
  downtime: withPrice,
  outages: explainOutages,
  contributions: explainContributions,
  'cut-sets': explainCutSets,
  'single-points': explainSinglePoints,
  capacity: (analysis, subject) => {
    const capacity = analysis.capacity(subject);
    return capacity === undefined ? undefined : explainCapacity(capacity);
  },
  calls: (analysis, subject) => {
    const calls = analysis.callBudget(subject);
    return calls === undefined ? undefined : explainCallBudget(calls);
  },
  cost: (analysis, subject) => explained(analysis.cost(subject)?.standing),
  strategies: (analysis, subject) => explainStrategies(subject, analysis.strategies(subject), analysis.costs().currency),
  durability: (analysis, subject) => explained(analysis.durability(subject)?.everythingLost),
};

/** What can be asked of a class of disruption: the word behind its name, or behind the name of one of its scopes. */
const figuresOfClass = ['rto', 'rpo', 'caught-up', 'cost'] as const;

/** The forms of a path, for messages. */
export const explainablePaths: readonly string[] = [
  ...Object.keys(figuresOfSubject).map((figure) => `NAME.${figure}`),
  ...figuresOfClass.map((figure) => `NAME.CLASS.${figure}`),
  'NAME.CLASS.SITE.rto',
  'NAME.CLASS.SITE.rpo',
  'SITE.down',
  'SCENARIO',
  ...scenarioMeasures.map((measure) => `SCENARIO.NAME.${measure}`),
];

/** The tree behind what `path` names; undefined where there is no such figure. */
export function explanationAt(analysis: Analysis, path: string): Explanation | undefined {
  const [subject = '', what = '', ...rest] = path.split('.');
  const last = rest.at(-1) ?? '';
  if (path.endsWith('.down')) return explainLossOfSite(analysis, path.slice(0, -'.down'.length));
  if (what !== '' && rest.length === 0) {
    const make = Object.hasOwn(figuresOfSubject, what) ? figuresOfSubject[what] : undefined;
    return make?.(analysis, subject);
  }
  const disruption = disruptionClasses.find((name) => name === what);
  if (disruption !== undefined && analysis.availability(subject) !== undefined) {
    if (rest.length === 1 && last === 'cost') return explained(analysis.cost(subject)?.classes.get(disruption)?.outagePerYear);
    return explainRecovery(subject, analysis.recovery(subject).get(disruption), rest.slice(0, -1).join('.'), last);
  }
  const scenario = analysis.scenario(subject);
  if (scenario === undefined) return undefined;
  return what === '' ? explainScenario(scenario) : explainScenarioFigure(scenario, what, rest.join('.'));
}

/** The names of a model that figures are of: what a path begins with. */
export function explainableNames({ journeys, components, regions, scenarios }: Model): readonly string[] {
  return [...journeys, ...components, ...regions, ...scenarios].map(({ name }) => name);
}

/** Every path of one name that has a tree. Scopes of classes are left out. */
export function pathsOf(analysis: Analysis, name: string): readonly string[] {
  const scenario = analysis.scenario(name);
  const candidates = [
    ...Object.keys(figuresOfSubject).map((figure) => `${name}.${figure}`),
    ...disruptionClasses.flatMap((disruption) => figuresOfClass.map((figure) => `${name}.${disruption}.${figure}`)),
    `${name}.down`,
    ...(scenario === undefined ? [] : [name]),
    ...(scenario?.recovery ?? []).flatMap(({ name: subject }) =>
      scenarioMeasures.map((measure) => `${name}.${subject}.${measure}`),
    ),
  ];
  return candidates.filter((path) => explanationAt(analysis, path) !== undefined);
}

/** The downtime of a subject, with what it costs a year where its outages have a price. */
function withPrice(analysis: Analysis, subject: string): Explanation | undefined {
  const tree = explained(analysis.availability(subject)?.downtimePerYear);
  const cost = analysis.cost(subject)?.downtime;
  const price = cost?.status === 'unknown' ? undefined : explained(cost);
  return tree === undefined || price === undefined ? tree : { ...tree, children: [...tree.children, price] };
}

function explainRecovery(
  subject: string,
  recovery: ClassRecovery | undefined,
  scope: string,
  which: string,
): Explanation | undefined {
  if (recovery === undefined) return undefined;
  const found = scope === '' ? recovery : recovery.perSite.get(scope);
  if (which === 'caught-up' && found !== undefined) return explainCaughtUp(subject, recovery.disruption, scope, found.caughtUp);
  if (which !== 'rto' && which !== 'rpo') return undefined;
  if (scope === '') return explained(recovery[which]);
  return found === undefined
    ? undefined
    : explainTime(found[which], `${subject} ${recovery.disruption} ${which.toUpperCase()}, ${scope}`);
}

function explained(figure: Figure | undefined): Explanation | undefined {
  return figure === undefined ? undefined : explain(figure);
}
