/** Trees of terms behind figures: the same text in hover, on the command line and in the documentation. */
import type { Source } from '../model/fact.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Edge } from '../model/model.js';
import { activePlacements, instanceCount, isHard, requiredInstances } from '../model/queries.js';
import type { Analysis, AvailabilityFigures, FailureEvent } from './analysis.js';
import type { Explanation, Figure } from './figure.js';
import { availabilityText, durationText, figureText, percentText, timeText } from './figure-text.js';

export { explain } from './explanations.js';

/** Why a subject is as available as it is: its own part, what it requires, what alone takes it down, switching, assumptions. */
export function explainAvailability(analysis: Analysis, subject: string): Explanation {
  const figures = analysis.availability(subject);
  if (figures === undefined) return leaf(subject, 'not in the model');
  const { model } = analysis;
  const component = model.components.find((each) => each.name === subject);
  const edges = component?.edges ?? model.journeys.find((each) => each.name === subject)?.edges ?? [];
  const hard = edges.filter(isHard);
  const children: Explanation[] = [];
  if (component !== undefined) children.push(ownPart(component));
  for (const edge of hard) children.push(requirement(analysis, edge));
  children.push(...switching(figures), ...dominant(analysis, subject));
  children.push(...figures.unavailability.assumptions.map((sentence) => leaf('assumed', sentence)));
  return {
    label: `${subject} availability`,
    value: figureText(figures.unavailability),
    formula: formulaOf(figures, component, hard),
    ...(component === undefined ? {} : { source: component.nameSource }),
    children,
  };
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
      ...(figure.status === 'unknown' ? figure.missing.map((what) => leaf('missing', what)) : []),
      ...(figure.status === 'unbounded' || figure.status === 'never' ? [leaf('because', figure.because)] : []),
      ...figure.assumptions.map((sentence) => leaf('assumed', sentence)),
    ],
  };
}

function formulaOf(figures: AvailabilityFigures, component: Component | undefined, hard: readonly Edge[]): string {
  const parts = [...(component === undefined ? [] : ['its own part']), ...(hard.length === 0 ? [] : ['everything it requires'])];
  const total = figures.unavailability;
  const value =
    total.status === 'known'
      ? scientific(total.value)
      : total.status === 'bounded'
        ? `${scientific(total.lower)} to ${scientific(total.upper)}`
        : 'not known';
  return `unavailability = ${value}: ${parts.length === 0 ? 'nothing can fail' : `exact over ${parts.join(' and ')}, shared zones and regions counted once`}`;
}

function ownPart(component: Component): Explanation {
  const u = component.failure.unavailability;
  const at = sourceOf(u);
  const event: Explanation = {
    label: component.placements.length === 0 ? 'its only event' : 'one instance',
    value: availabilityText(u.value),
    ...(component.failure.mtbf === undefined || component.failure.mttr === undefined
      ? {}
      : {
          formula: `mttr ${durationText(component.failure.mttr.value)} / (mtbf ${durationText(component.failure.mtbf.value)} + mttr)`,
        }),
    ...(at === undefined ? {} : { source: at }),
    children: [],
  };
  if (component.placements.length === 0) return event;
  const active = activePlacements(component);
  const required = requiredInstances(component);
  const why = required.from === 'needs' ? 'needs' : required.from === 'load' ? 'load / capacity, rounded up' : 'one is enough';
  return {
    label: `${required.count} of ${instanceCount(active)} instances`,
    value: why,
    children: [
      event,
      ...component.placements.map((placement) => ({
        label: `${placement.count.value} in ${placement.region}${placement.role === 'active' ? '' : ` as ${placement.role.replace('-', ' ')}`}`,
        value: placement.zones.join(', '),
        source: placement.source,
        children: [],
      })),
      ...(component.commonCause.value > 0
        ? [
            leaf(
              'common cause',
              `${percentText(component.commonCause.value)} of an instance's failures`,
              sourceOf(component.commonCause),
            ),
          ]
        : []),
      ...(component.together === undefined
        ? []
        : [
            leaf(
              'together',
              availabilityText(component.together.unavailability.value),
              sourceOf(component.together.unavailability),
            ),
          ]),
    ],
  };
}

function requirement(analysis: Analysis, edge: Edge): Explanation {
  const names = edge.targets.map((target) => target.name);
  const quantifier =
    edge.quantifier.kind === 'any' ? 'any of ' : edge.quantifier.kind === 'at-least' ? `${edge.quantifier.count} of ` : '';
  const place = edge.sameRegion ? ' in same region' : '';
  const each = names.map((name) => leaf(name, figureOf(analysis, name), edge.targets.find((target) => target.name === name)?.at));
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
  if (figure.status === 'unknown') return [leaf('switching', `not known: ${figure.missing.join(', ')} not stated`)];
  return [
    leaf(
      'switching to the standby',
      figure.status === 'known' ? `${durationText(figure.value * 365 * 86_400)}/yr` : timeText(figure),
    ),
  ];
}

function dominant(analysis: Analysis, subject: string): readonly Explanation[] {
  const describe = (label: string, points: ReturnType<Analysis['singlePoints']>): readonly Explanation[] =>
    points.map((point) =>
      leaf(
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

function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(3);
}

function leaf(label: string, value: string, source?: Source): Explanation {
  return { label, value, ...(source === undefined ? {} : { source }), children: [] };
}
