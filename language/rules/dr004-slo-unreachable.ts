import type { SinglePoint } from '../analysis/analysis.js';
import type { Figure } from '../analysis/figure.js';
import { availabilityText, downtimeText, percentText } from '../analysis/figure-text.js';
import { type Fact, type Source, sourceOf } from '../model/fact.js';
import type { Component, Journey } from '../model/model.js';
import { requiredInstances } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause, siteCause } from './causes.js';
import { lookup } from './lookup.js';
import { subjects } from './objectives.js';
import { countFix, sparedCount } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { keptAvailability } from './wording.js';

/** How far two figures may lie apart and still be called equal, relative to the unavailability. */
const tolerance = 1e-9;

/** DR004: the architecture yields less availability than the objective promises. */
export const sloUnreachable: Rule = {
  code: 'DR004',
  name: 'slo-unreachable',
  title: 'Availability objective out of reach',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'The availability that the model yields for a journey, or for a component with an availability objective of its own, is below that objective. Where only bounds are known, the better bound is below it.',
    why: 'A promise above what the parts allow is broken on an average day, not on a bad one. Sources: Treynor et al., The Calculus of Service Availability (2017); AWS Well-Architected REL11-BP07.',
    how: 'Work on the largest contributors that the message names: more instances, a second provider (`any of`), a soft dependency (`wants`); or promise what is reached.',
    bad: `external payments { availability 99.9% }

journey pay tier 1 {
  requires payments
  objective { availability 99.95% }
}
`,
    good: `external payments { availability 99.9% }
external transfers { availability 99.9% }

journey pay tier 1 {
  requires any of payments, transfers
  objective { availability 99.95% }
}
`,
  },
  check(context) {
    return subjects(context.model).flatMap((subject) => {
      const promised = subject.objective?.availability;
      const figure = promised === undefined ? undefined : context.analysis.availability(subject.name)?.unavailability;
      const reached = figure === undefined ? undefined : leastUnavailability(figure);
      if (promised === undefined || reached === undefined) return [];
      const allowed = 1 - promised.value;
      return reached > allowed * (1 + tolerance) + 1e-15 ? [judge(subject, promised, reached, context)] : [];
    });
  },
};

/** The unavailability that is surely reached: the figure, or the lower of its bounds. */
function leastUnavailability(figure: Figure): number | undefined {
  switch (figure.status) {
    case 'known':
      return figure.value;
    case 'bounded':
      return figure.lower;
    case 'never':
      return 1;
    case 'unknown':
    case 'unbounded':
      return undefined;
  }
}

function judge(subject: Component | Journey, promised: Fact<number>, reached: number, context: RuleContext): RawFinding {
  const { model, analysis } = context;
  const target = 1 - promised.value;
  const contributors = largest([...analysis.singlePoints(subject.name), ...analysis.sharedFate(subject.name)]);
  const parts = contributors.map((point) => `${point.event.name} ${downtimeText(point.unavailability)}`);
  const largestParts = parts.length === 0 ? '' : ` Largest part${parts.length === 1 ? '' : 's'}: ${parts.join(', ')}.`;
  const advice =
    reached < 1
      ? `Clear these or promise ${keptAvailability(reached)}.`
      : 'As modelled it is never up: too little of what it needs is running.';
  const at = sourceOf(promised) ?? subject.nameSource;
  return {
    message: `${subject.name} reaches ${availabilityText(reached)}; its objective is ${percentText(1 - target)} (${downtimeText(target)}).${largestParts} ${advice}`,
    at,
    related: contributors.map((point) => ({
      message: `${point.event.name} alone takes ${downtimeText(point.unavailability)}.`,
      at: point.event.source,
    })),
    fixes: [
      ...instanceFixes(subject, target, reached, context),
      // Nothing can be promised of what is never up.
      ...(promised.origin.kind === 'stated' && keptAvailability(reached) !== '0%'
        ? [lowerFix(subject, promised.origin.at, reached)]
        : []),
      acceptFix('DR004', subject, model, analysis.asOf),
    ],
    subject: subject.name,
    causes: contributors.flatMap((point) => causeOf(point)),
  };
}

/** The two events that take most of the time, largest first. */
function largest(points: readonly SinglePoint[]): readonly SinglePoint[] {
  return points
    .filter((point) => point.unavailability > 0)
    .sort((a, b) => b.unavailability - a.unavailability || (a.event.name < b.event.name ? -1 : 1))
    .slice(0, 2);
}

function causeOf({ event }: SinglePoint): readonly string[] {
  switch (event.kind) {
    case 'region':
    case 'zone':
      return [siteCause(event.name)];
    case 'component':
      return [componentCause(event.name)];
    case 'shared-fate':
      return [];
  }
}

function lowerFix(subject: Component | Journey, at: Source, reached: number): Fix {
  const kept = keptAvailability(reached);
  return {
    title: `Promise ${kept} for ${subject.name}`,
    edits: [{ kind: 'set-value', at, after: 'availability', text: kept }],
    safe: false,
  };
}

/**
 * More instances of a single-instance component where that alone clears the objective: what stays of its share is its common
 * cause, and the chance that all instances are down at once.
 */
function instanceFixes(
  subject: Component | Journey,
  target: number,
  reached: number,
  { model, analysis }: RuleContext,
): readonly Fix[] {
  const { components } = lookup(model);
  return analysis.singlePoints(subject.name).flatMap((point) => {
    const component = point.event.kind === 'component' ? components.get(point.event.name) : undefined;
    const [placement, ...more] = component?.placements ?? [];
    if (component === undefined || placement === undefined || more.length > 0 || placement.zones.length !== 1) return [];
    if (requiredInstances(component).count !== 1) return [];
    const count = sparedCount(component, 3);
    const own = point.unavailability;
    const remaining = reached - own + component.commonCause.value * own + 3 * own * own;
    if (remaining > target * (1 - 1e-6)) return [];
    const fix = countFix(component, placement, count, `: ${subject.name} then reaches about ${keptAvailability(remaining)}`);
    return fix === undefined ? [] : [fix];
  });
}
