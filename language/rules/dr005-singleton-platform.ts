import { downtimeText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Journey } from '../model/model.js';
import { instanceCount } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause, placeCause } from './causes.js';
import { closureOf } from './lookup.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { secondWayFix } from './second-way-fix.js';
import { workingSites } from './sites.js';
import { softFixes } from './spof-fixes.js';
import { effectiveTiers } from './tier.js';
import { spokenList } from './wording.js';
import { zoneSpreadFixes } from './zone-spread-fixes.js';

/** Roles that all else leans on while it is repaired: a fault common to all their instances takes the way back too. */
const sharedRoles: ReadonlySet<string> = new Set(['dns', 'discovery', 'identity', 'network']);

/** DR005: one platform part that journeys cannot do without. */
export const singletonPlatform: Rule = {
  code: 'DR005',
  name: 'singleton-platform',
  title: 'Platform part without a second one',
  severity: 'warning',
  subsumes: ['DR002', 'DR010', 'DR012'],
  docs: {
    what: 'A gateway, a queue, a coordinator, or what `provides` a platform role is on the hard closure of a journey without another that could stand in for it (`any of`), and it has one event of its own (no `runs`), or all its instances stand in one zone, or, for the roles dns, discovery, identity and network, it has a `together` event, which takes all its instances at once. An error on tier 0, else a warning. A single instance is judged by DR001.',
    why: 'When a part that everybody leans on fails, everything fails at the same time, often with the tools to repair it. Sources: the outages of Facebook in 2021 (DNS and backbone), Roblox in 2021 (discovery) and Slack in 2021 (network); AWS Well-Architected REL02-BP01.',
    how: 'Run it in several zones; have a second one that shares nothing with the first, and require `any of` them; or make do without it for a while (`wants`).',
    bad: `region north { zones a, b, c }

external names { provides dns  availability 99.99% }
service orders {
  runs 3 in north
  requires names
}
journey buy { requires orders }
`,
    good: `region north { zones a, b, c }

external names { provides dns  availability 99.99% }
external other-names { provides dns  availability 99.99% }
service orders {
  runs 3 in north
  requires any of names, other-names
}
journey buy { requires orders }
`,
  },
  check(context) {
    return context.model.components.flatMap((component) => {
      if (!isPlatform(component)) return [];
      const flaws = flawsOf(component);
      if (flaws.length === 0) return [];
      const journeys = context.model.journeys.filter((journey) => closureOf(context.analysis, journey.name).has(component.name));
      return journeys.length === 0 ? [] : flaws.map((flaw) => finding(component, flaw, journeys, context));
    });
  },
};

type Flaw =
  | { readonly kind: 'one-event' }
  | { readonly kind: 'one-zone'; readonly zone: string }
  | { readonly kind: 'together'; readonly role: string; readonly at: RawFinding['at'] };

function isPlatform({ kind, provides }: Component): boolean {
  return provides.length > 0 || kind === 'gateway' || kind === 'queue' || kind === 'coordinator';
}

function flawsOf(component: Component): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const instances = instanceCount(component.placements.filter((placement) => placement.role !== 'witness'));
  const [zone, ...others] = workingSites(component);
  if (component.placements.length === 0) flaws.push({ kind: 'one-event' });
  else if (instances > 1 && zone?.includes('.') && others.length === 0) flaws.push({ kind: 'one-zone', zone });
  const role = component.provides.find(({ value }) => sharedRoles.has(value))?.value;
  if (component.together !== undefined && role !== undefined)
    flaws.push({ kind: 'together', role, at: component.together.source });
  return flaws;
}

function finding(component: Component, flaw: Flaw, journeys: readonly Journey[], context: RuleContext): RawFinding {
  const { model, analysis } = context;
  const tier = effectiveTiers(model).get(component.name);
  const names = spokenList(journeys.map((journey) => journey.name).sort());
  const provided = component.provides.map(({ value }) => value).sort();
  const what = provided.length === 0 ? `the ${component.kind}` : `which provides ${spokenList(provided)}`;
  const role = component.provides[0];
  const roleAt = role === undefined ? undefined : sourceOf(role);
  return {
    severity: tier === 0 ? 'error' : 'warning',
    message: `${names} cannot do without ${component.name}, ${what}, and ${weakness(flaw)}.${cost(component, flaw)} ${remedy(flaw)}`,
    at: placeOf(component, flaw),
    related: [
      ...(roleAt === undefined ? [] : [{ message: `${component.name} provides ${spokenList(provided)}.`, at: roleAt }]),
      ...journeys
        .slice(0, 8)
        .map((journey) => ({ message: `${journey.name} is down without ${component.name}.`, at: journey.nameSource })),
    ],
    fixes: [...designFixes(component, flaw, journeys, context), acceptFix('DR005', component, model, analysis.asOf)],
    subject: component.name,
    causes: [causeOf(component, flaw)],
  };
}

function weakness(flaw: Flaw): string {
  switch (flaw.kind) {
    case 'one-event':
      return 'one failure takes all of it';
    case 'one-zone':
      return `all of it stands in ${flaw.zone}`;
    case 'together':
      return 'one fault takes all its instances together';
  }
}

/** What the event costs by itself; what a zone costs is told with the zone. */
function cost({ failure, together }: Component, flaw: Flaw): string {
  const event = flaw.kind === 'one-event' ? failure : flaw.kind === 'together' ? together : undefined;
  const unavailability = event?.unavailability.value ?? 0;
  return unavailability > 0 ? ` It costs ${downtimeText(unavailability)}.` : '';
}

function remedy(flaw: Flaw): string {
  switch (flaw.kind) {
    case 'one-event':
    case 'together':
      return 'Require any of two that share nothing.';
    case 'one-zone':
      return 'Spread it over a second zone.';
  }
}

function placeOf(component: Component, flaw: Flaw): RawFinding['at'] {
  switch (flaw.kind) {
    case 'one-event':
      return component.nameSource;
    case 'one-zone':
      return component.placements.find((placement) => placement.role !== 'witness')?.source ?? component.nameSource;
    case 'together':
      return flaw.at;
  }
}

function causeOf({ name }: Component, flaw: Flaw): string {
  switch (flaw.kind) {
    case 'one-event':
      return componentCause(name);
    case 'one-zone':
      return placeCause(name, flaw.zone);
    case 'together':
      return `together:${name}`;
  }
}

function designFixes(component: Component, flaw: Flaw, journeys: readonly Journey[], context: RuleContext): readonly Fix[] {
  if (flaw.kind === 'one-zone') return zoneSpreadFixes(component, context.model);
  // Of a queue there is nothing to offer: a second one holds other messages, and its readers would have to read both.
  const second = secondWayFix(component, context.model);
  return [...(second === undefined ? [] : [second]), ...softFixes(component, journeys, context)];
}
