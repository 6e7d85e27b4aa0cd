import type { Edit } from '../edit/edit.js';
import type { Source } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { keepsData } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause } from './causes.js';
import { type ControlRole, type OrderNeed, ownNeeds, providersOf, type RoleNeed, siteNeeds } from './control-needs.js';
import { lookup } from './lookup.js';
import { placeKey } from './promised-times.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers } from './tier.js';
import { spokenList } from './wording.js';

/** How many components one fix may touch: a larger change is a project, not a fix. */
const mostTouched = 20;

/** How many places beside the first are pointed at. */
const mostTold = 9;

/** DR057: the way back leads over something that is down itself. */
export const controlPlaneInRecovery: Rule = {
  code: 'DR057',
  name: 'control-plane-in-recovery',
  title: 'Recovery depends on what is down',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component recovers, and what it needs for that is down: what it `recovers after`, or every component that `provides` the role that a step of its failover uses. `switch dns` uses dns, `decide manual` uses identity, the start of a pilot light or a cold standby uses deploy, and registry where the region does not mirror images. It is judged with each site off that the component has to leave, of a class that an objective of it, or of who leans on it, names; and with the component itself down. A target that has a pilot light or a cold standby elsewhere comes back in its turn. Roles that nobody provides are not judged. An error on tier 0. A cycle of waiting is said by DR020.',
    why: 'The tools are needed at the one moment at which they are gone as well. Sources: AWS Well-Architected REL11-BP04 (rely on the data plane and not on the control plane during recovery); the outages of Facebook in 2021, where sign-in and remote access needed the network they had to mend, and of AWS in 2021.',
    how: 'Have a second provider of the role elsewhere, or recover without it: switch by address, decide automatically, keep instances running.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service sign-in { runs 3 in north  provides identity }
service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide manual 10m  switch mesh }
  objective { region-loss { rto 30m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service sign-in { runs 3 in north  runs 3 in south  provides identity }
service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide manual 10m  switch mesh }
  objective { region-loss { rto 30m } }
}
`,
  },
  check(context) {
    const { model } = context;
    if (providersOf(model).size === 0 && model.components.every(({ recoversAfter }) => recoversAfter.length === 0)) return [];
    const own = ownNeeds(context);
    const bySite = siteNeeds(context);
    return [
      ...grouped(bySite.roles, ({ role }) => role).flatMap((needs) => missingRole(needs, false, context)),
      ...grouped(own.roles, ({ role, component }) => `${role} ${component.name}`).flatMap((needs) =>
        missingRole(needs, true, context),
      ),
      ...grouped(bySite.orders, ({ missing }) => missing.join(' ')).flatMap((needs) => missingTarget(needs, false, context)),
      ...own.orders.flatMap((need) => missingTarget([need], true, context)),
    ];
  },
};

/** Needs of one cause, those of the strictest name first. */
function grouped<T extends RoleNeed | OrderNeed>(needs: readonly T[], keyOf: (need: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const need of needs) {
    const group = groups.get(keyOf(need));
    if (group === undefined) groups.set(keyOf(need), [need]);
    else group.push(need);
  }
  const nameOf = ({ component, off }: T): string => `${component.name} ${off}`;
  return [...groups.values()].map((group) => group.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}

function severityOf(needs: readonly (RoleNeed | OrderNeed)[], { model }: RuleContext): 'error' | 'warning' {
  const tiers = effectiveTiers(model);
  return needs.some(({ component }) => tiers.get(component.name) === 0) ? 'error' : 'warning';
}

function missingRole(needs: readonly RoleNeed[], itself: boolean, context: RuleContext): readonly RawFinding[] {
  const [first] = needs;
  const providers = first === undefined ? [] : (providersOf(context.model).get(first.role) ?? []);
  const [provider] = providers;
  if (first === undefined || provider === undefined) return [];
  const names = spokenList([...new Set(needs.map(({ component }) => component.name))]);
  const places = [...new Map(needs.map(({ at }) => [placeKey(at), at] as const)).values()];
  const lost = spokenList(providers.map(({ name }) => name));
  const state = itself ? 'down' : 'off';
  const offs = spokenList([...new Set(needs.map(({ off }) => off))].sort());
  return [
    {
      severity: severityOf(needs, context),
      message: `With ${offs} ${state} nobody provides ${first.role}: that takes down ${lost} as well. ${useOf(first.role, names)} Add a second provider elsewhere.`,
      at: provider.nameSource,
      related: places.slice(0, mostTold).map((at) => ({ message: stepOf(first.role), at })),
      fixes: [
        secondProvider(provider, first.role, context),
        ...withoutRole(first.role, needs, places, names),
        acceptFix('DR057', provider, context.model, context.analysis.asOf),
      ],
      subject: provider.name,
      causes: itself ? [`control:${first.role}@${first.component.name}`] : [`control:${first.role}`],
    },
  ];
}

function useOf(role: ControlRole, names: string): string {
  switch (role) {
    case 'dns':
      return `The failover of ${names} switches by DNS.`;
    case 'identity':
      return `In the failover of ${names} a person decides, who has to sign in.`;
    case 'deploy':
      return `The failover of ${names} starts instances with it.`;
    case 'registry':
      return `The failover of ${names} pulls images from it.`;
  }
}

function stepOf(role: ControlRole): string {
  switch (role) {
    case 'dns':
      return 'This step needs DNS.';
    case 'identity':
      return 'This step needs a sign-in.';
    case 'deploy':
    case 'registry':
      return 'This has to be started first.';
  }
}

function elsewhere({ name }: Component, { model }: RuleContext): string {
  const { names } = lookup(model);
  let free = `${name}-elsewhere`;
  for (let number = 2; names.has(free); number += 1) free = `${name}-elsewhere-${number}`;
  return free;
}

function secondProvider(provider: Component, role: ControlRole, context: RuleContext): Fix {
  const name = elsewhere(provider, context);
  return {
    title: `Have ${role} provided by ${name} as well, outside all sites`,
    edits: [{ kind: 'add-declaration', after: provider.source, text: `external ${name} { provides ${role} }` }],
    safe: false,
  };
}

/** The same failovers by steps that do not use the role; what keeps data is not promoted without a person by a fix. */
function withoutRole(role: ControlRole, needs: readonly RoleNeed[], places: readonly Source[], names: string): readonly Fix[] {
  const replaced = (text: string): readonly Edit[] => places.map((at) => ({ kind: 'replace', at, text }));
  if (role === 'dns')
    return [{ title: `Switch the failover of ${names} by address`, edits: replaced('switch address'), safe: false }];
  if (role !== 'identity' || needs.some(({ component }) => keepsData(component))) return [];
  return [{ title: `Decide automatically on the failover of ${names}`, edits: replaced('decide automatic'), safe: false }];
}

function missingTarget(needs: readonly OrderNeed[], itself: boolean, context: RuleContext): readonly RawFinding[] {
  const [first] = needs;
  if (first === undefined) return [];
  const { components } = lookup(context.model);
  const orders = [...new Map(needs.map((need) => [placeKey(need.order.source), need] as const)).values()];
  const names = spokenList([...new Set(needs.map(({ component }) => component.name))]);
  const offs = spokenList([...new Set(needs.map(({ off }) => off))].sort());
  const when = itself ? `with ${offs} down` : `with ${offs} off`;
  return [
    {
      severity: severityOf(needs, context),
      message: `${names} can only start after ${spokenList(first.missing)}, and ${when} that is down as well. Run it elsewhere too, or start without it.`,
      at: first.order.source,
      related: [
        ...first.missing.flatMap((name) => {
          const target = components.get(name);
          return target === undefined ? [] : [{ message: `${name} is down then.`, at: target.nameSource }];
        }),
        ...orders
          .slice(1, mostTold)
          .map(({ component, order }) => ({ message: `${component.name} waits here.`, at: order.source })),
      ],
      fixes: [...orderFixes(orders, names, context), acceptFix('DR057', first.component, context.model, context.analysis.asOf)],
      subject: first.component.name,
      // A component that waits for what requires it is a cycle, which DR020 tells.
      causes: itself ? [componentCause(first.component.name)] : [`control:${first.missing.join(' ')}`],
    },
  ];
}

/** A second one to start after, where all wait for a single one; and an order without what is down. */
function orderFixes(orders: readonly OrderNeed[], names: string, context: RuleContext): readonly Fix[] {
  const [first] = orders;
  if (first === undefined || orders.length > mostTouched || orders.some(({ order }) => order.from !== undefined)) return [];
  const without: Fix = {
    title: `Do not let ${names} wait for ${spokenList(first.missing)}`,
    edits: orders.map((need) => ({ kind: 'replace', at: need.order.source, text: orderWithout(need) })),
    safe: false,
  };
  const [only, ...others] = [...new Set(orders.flatMap(({ order }) => order.targets.map(({ name }) => name)))];
  const target = only === undefined ? undefined : lookup(context.model).components.get(only);
  if (
    only === undefined ||
    target === undefined ||
    others.length > 0 ||
    orders.some(({ order }) => order.quantifier.kind === 'at-least')
  )
    return [without];
  const name = elsewhere(target, context);
  const both = `${only}, ${name}`;
  const roles = target.provides.map(({ value }) => value);
  const body = roles.length === 0 ? '{ }' : `{ provides ${roles.join(', ')} }`;
  return [
    {
      title: `Add ${name} and let ${names} start after any of the two`,
      edits: [
        ...orders.flatMap(({ order }) =>
          order.targets.map(
            ({ at }): Edit => ({ kind: 'replace', at, text: order.quantifier.kind === 'any' ? both : `any of ${both}` }),
          ),
        ),
        { kind: 'add-declaration', after: target.source, text: `external ${name} ${body}` },
      ],
      safe: false,
    },
    without,
  ];
}

/** The statement without the targets that are down; nothing where none of them is left, or where it asks for some of several. */
function orderWithout({ order, missing }: OrderNeed): string {
  const gone = new Set(missing);
  const left = order.quantifier.kind === 'all' ? order.targets.filter(({ name }) => !gone.has(name)) : [];
  return left.length === 0 ? '' : `recovers after ${left.map(({ name }) => name).join(', ')}`;
}
