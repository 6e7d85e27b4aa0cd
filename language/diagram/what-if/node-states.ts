/** Figures of a what-if → how each component and journey of the picture stands, with the few words that say why. */
import type { SubjectStanding, WhatIfFigures } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import { timeText } from '../../analysis/figure-text.js';
import { keepsData } from '../../model/queries.js';
import type { Chip, ObjectiveState } from '../diagram-graph.js';
import type { NodeState, PartState } from '../states.js';
import { blockedBy } from './blocked-by.js';
import { ownFailures } from './own-failures.js';
import { recoverySteps, stepsText } from './recovery-steps.js';
import type { TriedScenario } from './tried-scenario.js';

/** What is said of a component or journey beside its figures. */
interface Told {
  readonly overCapacity: ReadonlyMap<string, string>;
  readonly degraded: ReadonlyMap<string, string>;
  readonly lost: ReadonlyMap<string, string>;
  /** Switched off by name, as a whole. */
  readonly off: ReadonlySet<string>;
  /** What keeps data. */
  readonly stores: ReadonlySet<string>;
  /** What is down whatever it requires. */
  readonly own: ReturnType<typeof ownFailures>;
  /** Whom something waits for, of which the analysis says what it requires. */
  readonly blocked: (name: string, required: string) => string | undefined;
  readonly cuts: TriedScenario['cuts'];
  readonly components: ReadonlySet<string>;
}

/** A state with the words for it. */
type Found = Pick<NodeState, 'state' | 'role' | 'reason'> & { readonly sentence: string };

/** How everything stands, in the order of the figures; what is only imagined is left out. */
export function nodeStates(figures: WhatIfFigures, tried: TriedScenario): readonly NodeState[] {
  const reasons = (list: WhatIfFigures['lost']): ReadonlyMap<string, string> =>
    new Map(list.map(({ name, because }) => [name, because]));
  const up = new Map(figures.standings.map((standing) => [standing.name, standing.up]));
  const told: Told = {
    overCapacity: reasons(figures.overCapacity),
    degraded: reasons(figures.degraded),
    lost: reasons(figures.lost),
    off: new Set(
      tried.scenario.fails
        .flatMap(({ targets }) => targets)
        .flatMap((target) =>
          target.kind === 'component' && target.count === undefined && target.site === undefined ? [target.component] : [],
        ),
    ),
    stores: new Set(tried.model.components.filter(keepsData).map(({ name }) => name)),
    own: ownFailures(figures, tried.model),
    blocked: (name, required) => blockedBy(tried.model, name, required, (each) => up.get(each) === true),
    cuts: tried.cuts,
    components: new Set(tried.model.components.map(({ name }) => name)),
  };
  const journeys = new Set(tried.model.journeys.map(({ name }) => name));
  const gateways = new Set(tried.model.components.filter(({ kind }) => kind === 'gateway').map(({ name }) => name));
  const regions = [...new Set(figures.standings.flatMap((each) => (hasMoved(each) ? [each.serving] : [])))];
  const switched = regions.length === 0 ? {} : { subtitle: `switched to ${regions.join(', ')}` };
  return figures.standings
    .filter(({ name }) => !tried.cuts.has(name))
    .map((standing) => {
      if (journeys.has(standing.name)) return journeyState(standing, told);
      const state = componentState(standing, told);
      return gateways.has(standing.name) && standing.up && standing.instances === 0 ? { ...state, ...switched } : state;
    });
}

function componentState(standing: SubjectStanding, told: Told): NodeState {
  const { sentence, ...found } = standingState(standing, told);
  const verdict = verdictOf(standing);
  return {
    id: standing.name,
    ...found,
    says: says(standing, sentence, told.components),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

function journeyState(standing: SubjectStanding, told: Told): NodeState {
  const { sentence, ...found } = standingState(standing, told);
  const verdict = verdictOf(standing);
  const chips = [timeChip('RTO', standing.rto), timeChip('RPO', standing.rpo)].flatMap((chip) => chip ?? []);
  return {
    id: standing.name,
    ...found,
    says: says(standing, sentence, told.components),
    ...(verdict === undefined ? {} : { verdict }),
    ...(chips.length === 0 ? {} : { chips }),
  };
}

/** Down before short, short before without a spare. */
function standingState(standing: SubjectStanding, told: Told): Found {
  const { name, rto, rpo } = standing;
  const lost = told.lost.get(name);
  if (told.off.has(name)) {
    const data = lost === undefined ? '' : ' No copy of its data survives.';
    return { state: 'lost', role: 'cause', reason: 'switched off', sentence: `It is switched off.${data}` };
  }
  if (lost !== undefined) {
    const state: PartState = standing.up ? 'degraded' : 'down';
    return { state, role: 'cause', reason: 'all data lost', sentence: `No copy of its data survives: ${lost}.` };
  }
  if (!standing.up) return downState(standing, told);
  const over = told.overCapacity.get(name);
  if (over !== undefined) {
    return { state: 'degraded', role: 'cause', reason: 'over capacity', sentence: `It must carry more than it can: ${over}.` };
  }
  const short = told.degraded.get(name);
  if (short !== undefined) return { state: 'degraded', role: 'consequence', ...shortWords(short, told) };
  if (hasMoved(standing)) {
    return { state: 'at-risk', reason: `on ${standing.serving}`, sentence: `It is served by ${standing.serving} now.` };
  }
  if (standing.offInstances.length > 0 && standing.spare === 0) {
    return {
      state: 'at-risk',
      reason: 'no spare left',
      sentence: `It works with ${standing.standing} of ${standing.instances} instances and needs ${standing.needs}: none may fail now.`,
    };
  }
  if (rto !== undefined && takesTime(rto) && (told.stores.has(name) || standing.instances === 0)) {
    const loss = rpo === undefined || standing.instances === 0 ? '' : `RPO ${timeText(rpo)} · `;
    return { state: 'at-risk', reason: `${loss}RTO ${timeText(rto)}`, sentence: 'It works again after its recovery.' };
  }
  return { state: 'ok', sentence: 'It works.' };
}

/** Whether another side serves than with nothing off. */
function hasMoved(standing: SubjectStanding): standing is SubjectStanding & { readonly serving: string } {
  return standing.up && standing.serving !== undefined && standing.serving !== standing.usually;
}

function downState(standing: SubjectStanding, { cuts, own, blocked }: Told): Found {
  const { name } = standing;
  const reason = standing.reason?.kind === 'requires' ? (own.get(name) ?? standing.reason) : standing.reason;
  if (reason?.kind === 'requires' && reason.name !== name) {
    const needed = blocked(name, reason.name) ?? reason.name;
    const cut = cuts.get(needed);
    if (cut !== undefined) {
      return {
        state: 'down',
        role: 'cause',
        reason: `cannot reach ${cut.to}`,
        sentence: `It requires ${cut.to} and cannot reach it.`,
      };
    }
    return { state: 'down', role: 'consequence', reason: `needs ${needed}`, sentence: `It requires ${needed}, which is down.` };
  }
  const cause = { state: 'down', role: 'cause' } as const;
  switch (reason?.kind) {
    case 'site':
    case 'instances':
      if (standing.instances === 0) return { ...cause, reason: reason.text, sentence: `Its place is gone: ${reason.text}.` };
      if (standing.standing === 0) {
        const words = standing.instances === 1 ? 'only replica lost' : 'all replicas lost';
        return {
          ...cause,
          reason: words,
          sentence:
            standing.instances === 1 ? 'Its only instance is lost.' : `None of its ${standing.instances} instances is left.`,
        };
      }
      if (standing.standing < standing.needs) {
        return {
          ...cause,
          reason: `${standing.standing} left, needs ${standing.needs}`,
          sentence: `${standing.standing} of ${standing.instances} instances are left and it needs ${standing.needs}.`,
        };
      }
      return { ...cause, reason: 'quorum lost', sentence: 'Too few of its copies are left for a quorum.' };
    case 'failover':
      return { ...cause, reason: 'no failover', sentence: 'Its failover does not work.' };
    case 'short':
      return { ...cause, reason: reason.text, sentence: `Even with everything up: ${reason.text}.` };
    case 'off':
    case 'requires':
    case undefined:
      return {
        ...cause,
        reason: reason?.text ?? 'down',
        sentence: reason === undefined ? 'It is down.' : `It is down: ${reason.text}.`,
      };
  }
}

/** `wants ad, which is down` is short for the card: `without ad`. */
function shortWords(because: string, { cuts }: Told): { readonly reason: string; readonly sentence: string } {
  let text = because;
  for (const [name, { to }] of cuts) text = text.replaceAll(name, to);
  const missing = /^(?:wants|publishes to|consumes|requires) (.+), which (?:is|are) (?:down|degraded)$/.exec(text)?.[1];
  return { reason: missing === undefined ? text : `without ${missing}`, sentence: `It works, but it ${text}.` };
}

/** Whether what was promised for the class holds: missed where one bound is, not known where one cannot tell. */
export function verdictOf({ rto, rpo }: Pick<SubjectStanding, 'rto' | 'rpo'>): ObjectiveState | undefined {
  const verdicts = [rto?.verdict, rpo?.verdict].flatMap((verdict) => verdict ?? []);
  if (verdicts.length === 0) return undefined;
  if (verdicts.some(({ met }) => met === false)) return 'missed';
  return verdicts.some(({ met }) => met === undefined) ? 'unknown' : 'met';
}

/** Whether a recovery takes any time, or an unknown one. */
export function takesTime(figure: Figure): boolean {
  return figure.status !== 'known' || figure.value > 0;
}

function timeChip(label: 'RTO' | 'RPO', figure: Figure | undefined): Chip | undefined {
  if (figure === undefined) return undefined;
  const { verdict } = figure;
  const target = verdict === undefined ? '' : `, promised ${timeText({ ...noTerms, value: verdict.target })}`;
  const missing = figure.status === 'unknown' ? ` (not stated: ${figure.missing.join(', ')})` : '';
  return {
    text: `${label} ${timeText(figure)}`,
    tone: verdict?.met === false ? 'missed' : figure.status === 'known' || figure.status === 'bounded' ? 'fact' : 'finding',
    says: `${label} ${timeText(figure)}${target}${missing}.`,
  };
}

const noTerms = { status: 'known', unit: 'seconds', terms: [], assumptions: [] } as const;

function says({ name, rto, rpo }: SubjectStanding, sentence: string, components: ReadonlySet<string>): string {
  const times = [
    ...(rto !== undefined && takesTime(rto) ? [`RTO ${timeText(rto)}${because(rto) || stepsOf(name, rto, components)}`] : []),
    ...(rpo !== undefined && takesTime(rpo) ? [`RPO ${timeText(rpo)}${because(rpo)}`] : []),
  ];
  return times.length === 0 ? sentence : `${sentence} ${times.join(', ')}.`;
}

/** The steps that a known time takes, in brackets. */
function stepsOf(subject: string, rto: Figure, components: ReadonlySet<string>): string {
  const steps = stepsText(subject, recoverySteps(subject, rto, components));
  return steps === '' ? '' : ` (${steps})`;
}

/** Why there is no time, in brackets: what is missing, or what keeps it from coming back. Empty where there is one. */
function because(figure: Figure): string {
  switch (figure.status) {
    case 'unknown':
      return ` (not stated: ${figure.missing.join(', ')})`;
    case 'never':
    case 'unbounded':
      return ` (${figure.because})`;
    case 'known':
    case 'bounded':
      return '';
  }
}
