/** Trees of terms behind figures: the same text in hover, on the command line and in the documentation. */
import type { Component, Edge, Model } from '../model/model.js';
import { activePlacements, instanceCount, isHard, requiredInstances } from '../model/queries.js';
import type { Analysis, AvailabilityFigures, FailureEvent } from './analysis.js';
import { provenance, reason } from './explained-figure.js';
import type { Explanation, Figure } from './figure.js';
import { availabilityText, durationText, figureText, percentText, timeText, unavailabilityText } from './figure-text.js';
import { sidesOf } from './structure/sides.js';

export { explain } from './explanations.js';

/** Why a subject is as available as it is: its own part, what it requires, what alone takes it down, switching, assumptions. */
export function explainAvailability(analysis: Analysis, subject: string): Explanation {
  const figures = analysis.availability(subject);
  if (figures === undefined) return reason(subject, 'not in the model');
  const component = analysis.model.components.find((each) => each.name === subject);
  return {
    label: `${subject} availability`,
    value: figureText(figures.unavailability),
    formula: formulaOf(figures, component, edgesOf(analysis.model, subject).filter(isHard)),
    ...(component === undefined ? {} : { source: component.nameSource }),
    children: [
      ...ownAndRequired(analysis, subject),
      ...switching(figures),
      ...singleEvents(analysis, subject),
      ...objectiveOf(figures.availability, percentText),
      ...figures.unavailability.assumptions.map((sentence) => reason('assumed', sentence)),
    ],
  };
}

/** The edges of a component or journey; none for unknown names. */
export function edgesOf(model: Model, subject: string): readonly Edge[] {
  const named = ({ name }: { readonly name: string }): boolean => name === subject;
  return (model.components.find(named) ?? model.journeys.find(named))?.edges ?? [];
}

/** The own part of a component, then each of its requirements. */
export function ownAndRequired(analysis: Analysis, subject: string): readonly Explanation[] {
  const component = analysis.model.components.find((each) => each.name === subject);
  return [
    ...(component === undefined ? [] : [ownPart(component)]),
    ...edgesOf(analysis.model, subject)
      .filter(isHard)
      .map((edge) => requirement(analysis, edge)),
  ];
}

/** Why a recovery time or data loss is what it is: its named terms, in order. */
export function explainTime(figure: Figure, label: string): Explanation {
  const known = figure.terms.filter((term) => term.seconds !== undefined);
  return {
    label,
    value: timeText(figure),
    ...(known.length < 2 ? {} : { formula: known.map((term) => `${term.name} ${durationText(term.seconds ?? 0)}`).join(' + ') }),
    children: [
      ...figure.terms.map((term) => ({
        label: term.name,
        value: `${term.seconds === undefined ? 'not known' : durationText(term.seconds)}${term.note === undefined ? '' : ` (${term.note})`}`,
        ...(term.source === undefined ? {} : { source: term.source }),
        children: [],
      })),
      ...(figure.status === 'unknown' ? figure.missing.map((what) => reason('missing', what)) : []),
      ...(figure.status === 'unbounded' || figure.status === 'never' ? [reason('because', figure.because)] : []),
      ...objectiveOf(figure, durationText),
      ...figure.assumptions.map((sentence) => reason('assumed', sentence)),
    ],
  };
}

/** What was promised, and whether it is kept; nothing where nothing was. */
function objectiveOf({ verdict }: Figure, print: (target: number) => string): readonly Explanation[] {
  if (verdict === undefined) return [];
  const { target, met, source } = verdict;
  return [reason('objective', `${print(target)}: ${met === undefined ? 'not known' : met ? 'met' : 'missed'}`, source)];
}

function formulaOf(figures: AvailabilityFigures, component: Component | undefined, hard: readonly Edge[]): string {
  const { unavailability: total, structuralUnavailability: structural, switchingUnavailability: switches } = figures;
  const parts = [...(component === undefined ? [] : ['its own part']), ...(hard.length === 0 ? [] : ['everything it requires'])];
  const sum =
    switches.status === 'known' && switches.value > 0
      ? ` = ${unavailabilityText(structural)} + switching ${unavailabilityText(switches)}`
      : '';
  const over =
    parts.length === 0 ? 'nothing can fail' : `exact over ${parts.join(' and ')}, shared zones and regions counted once`;
  return `unavailability = ${unavailabilityText(total)}${sum}: ${over}`;
}

function ownPart(component: Component): Explanation {
  const { failure, commonCause, together, placements } = component;
  const event: Explanation = {
    label: placements.length === 0 ? 'its only event' : 'one instance',
    value: availabilityText(failure.unavailability.value),
    ...(failure.mtbf === undefined || failure.mttr === undefined
      ? {}
      : { formula: `mttr ${durationText(failure.mttr.value)} / (mtbf ${durationText(failure.mtbf.value)} + mttr)` }),
    ...provenance(failure.unavailability),
    children: [],
  };
  if (placements.length === 0) return event;
  const active = activePlacements(component);
  const required = requiredInstances(component);
  const why = required.from === 'needs' ? 'needs' : required.from === 'load' ? 'load / capacity, rounded up' : 'one is enough';
  return {
    label: `${required.count} of ${instanceCount(active)} instances`,
    value: why,
    children: [
      event,
      ...placements.map((placement) => ({
        label: `${placement.count.value} in ${placement.region}${placement.role === 'active' ? '' : ` as ${placement.role.replace('-', ' ')}`}`,
        value: placement.zones.join(', '),
        source: placement.source,
        children: [],
      })),
      ...sidesOf(component).active.holds.map(({ need, members }) =>
        reason('quorum', `${need} of ${members.length} copies or votes must stand as well`),
      ),
      ...(commonCause.value > 0
        ? [
            {
              ...reason('common cause', `${percentText(commonCause.value)} of an instance's failures`),
              ...provenance(commonCause),
            },
          ]
        : []),
      ...(together === undefined
        ? []
        : [
            {
              ...reason('together', availabilityText(together.unavailability.value)),
              ...provenance(together.unavailability),
            },
          ]),
    ],
  };
}

function requirement(analysis: Analysis, edge: Edge): Explanation {
  const names = edge.targets.map((target) => target.name);
  const quantifier =
    edge.quantifier.kind === 'any' ? 'any of ' : edge.quantifier.kind === 'at-least' ? `${edge.quantifier.count} of ` : '';
  const place = edge.sameRegion ? ' in same region' : '';
  const each = names.map((name) =>
    reason(name, figureOf(analysis, name), edge.targets.find((target) => target.name === name)?.at),
  );
  const only = each[0];
  if (each.length === 1 && only !== undefined) return { ...only, label: `requires ${only.label}${place}`, source: edge.source };
  return { label: `requires ${quantifier}${names.join(', ')}${place}`, value: '', source: edge.source, children: each };
}

function figureOf(analysis: Analysis, name: string): string {
  const figures = analysis.availability(name);
  return figures === undefined ? 'not in the model' : figureText(figures.unavailability);
}

function switching(figures: AvailabilityFigures): readonly Explanation[] {
  const figure = figures.switchingUnavailability;
  if (figure.status === 'known' && figure.value === 0) return [];
  if (figure.status === 'unknown') return [reason('switching', `not known: ${figure.missing.join(', ')} not stated`)];
  return [
    reason(
      'switching to the standby',
      figure.status === 'known' ? `${durationText(figure.value * 365 * 86_400)}/yr` : timeText(figure),
    ),
  ];
}

/** Single points and shared fate, with the share of the outage that each explains alone. */
export function singleEvents(analysis: Analysis, subject: string): readonly Explanation[] {
  const describe = (label: string, points: ReturnType<Analysis['singlePoints']>): readonly Explanation[] =>
    points.map((point) =>
      reason(
        label,
        `${eventName(point.event)}${point.share === undefined || point.unavailability === 0 ? '' : `, ${Math.round(point.share * 100)}% of the outage`}`,
        point.event.source,
      ),
    );
  return [...describe('single point', analysis.singlePoints(subject)), ...describe('shared fate', analysis.sharedFate(subject))];
}

/** An event for people: `region north`, `orders in north.a`, `failover from north to south`. */
export function eventName(event: FailureEvent): string {
  switch (event.kind) {
    case 'region':
    case 'zone':
      return `${event.kind} ${event.name}`;
    case 'component':
      return event.instance === undefined ? event.name : `${event.name} in ${event.instance}`;
    case 'shared-fate':
      return event.name;
  }
}
