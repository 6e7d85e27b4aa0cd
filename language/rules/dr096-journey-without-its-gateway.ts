import type { Component, Journey } from '../model/model.js';
import { isHard } from '../model/queries.js';
import { acceptFix, statementFix } from './accept-fix.js';
import { closureOf } from './lookup.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

/** DR096: a journey leaves out the gateway through which its first service is reached. */
export const journeyWithoutItsGateway: Rule = {
  code: 'DR096',
  name: 'journey-without-its-gateway',
  title: 'Journey without its gateway',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A journey requires a component that a gateway `routes` to, requires none of the gateways that do, neither itself nor by what it requires, and nothing else that it requires leads to the component.',
    why: 'Whoever takes the journey comes in by the gateway: without it the journey is down, and its availability, recovery times and single points of failure leave it out. Source: the arithmetic of a chain, of which every link counts.',
    how: 'Let the journey require the gateway too.',
    bad: `region north { zones a, b, c }

gateway edge {
  runs 3 in north
  routes "/" to orders
}
service orders { runs 3 in north }
journey buy { requires orders }
`,
    good: `region north { zones a, b, c }

gateway edge {
  runs 3 in north
  routes "/" to orders
}
service orders { runs 3 in north }
journey buy { requires edge, orders }
`,
  },
  check(context) {
    const routing = routesTo(context);
    if (routing.size === 0) return [];
    return context.model.journeys.flatMap((journey) => judge(journey, routing, context));
  },
};

/** By component the gateways that route to it, by name. */
function routesTo({ model }: RuleContext): ReadonlyMap<string, readonly Component[]> {
  const found = new Map<string, Component[]>();
  for (const gateway of [...model.components].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (gateway.deployment.routes.length === 0) continue;
    for (const name of new Set(gateway.deployment.routes.map(({ target }) => target.name))) {
      const list = found.get(name);
      if (list === undefined) found.set(name, [gateway]);
      else list.push(gateway);
    }
  }
  return found;
}

function judge(
  journey: Journey,
  routing: ReadonlyMap<string, readonly Component[]>,
  { model, analysis }: RuleContext,
): readonly RawFinding[] {
  const targets = journey.edges.filter(isHard).flatMap((edge) => edge.targets);
  const required = new Set(targets.map(({ name }) => name));
  // Each way of a choice counts, so that one entry of several is enough.
  const reached = new Set([...required].flatMap((name) => [...closureOf(analysis, name)]));
  const missed = targets.flatMap((target) => {
    const gateways = routing.get(target.name);
    if (gateways === undefined || gateways.some(({ name }) => required.has(name) || reached.has(name))) return [];
    const isBehind = [...required].some((name) => name !== target.name && closureOf(analysis, name).has(target.name));
    return isBehind ? [] : [{ target, gateways }];
  });
  const [first] = missed;
  if (first === undefined) return [];
  const names = first.gateways.map(({ name }) => name);
  const wanted = names.length === 1 ? `${names[0]}` : `any of ${names.join(', ')}`;
  const services = [...new Set(missed.map(({ target }) => target.name))];
  const alone = missed.every(({ gateways }) => gateways.map(({ name }) => name).join() === names.join());
  return [
    {
      message: `${journey.name} reaches ${spokenList(services)} through ${spokenList(names)} and does not require ${names.length === 1 ? 'it' : 'any of them'}: its figures leave the entry out. Require ${wanted}.`,
      at: first.target.at,
      related: first.gateways.slice(0, 4).map((gateway) => ({
        message: `${gateway.name} routes to ${first.target.name}.`,
        at: gateway.deployment.routes.find(({ target }) => target.name === first.target.name)?.source ?? gateway.nameSource,
      })),
      fixes: [
        ...(alone ? [statementFix(`Let ${journey.name} require ${wanted}`, journey.source, `requires ${wanted}`)] : []),
        acceptFix('DR096', journey, model, analysis.asOf),
      ],
      subject: journey.name,
      causes: [`entry:${journey.name}`],
    },
  ];
}
