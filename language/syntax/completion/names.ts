/** Which of the names that are visible make sense at a place, and which first. */
import type { AstNode, AstNodeDescription } from 'langium';
import { isComponent, isRegion, isZone, isZoneList, type Region } from '../../generated/ast.js';
import type { Expected } from './expectation.js';
import type { CursorPlace } from './place.js';

/** What a name stands for: a kind of component, or region, zone, journey, policy, scenario. */
export function kindOf(description: AstNodeDescription): string {
  const { node, type } = description;
  return node !== undefined && isComponent(node) ? node.kind : type.toLowerCase();
}

const components = ['service', 'gateway', 'database', 'cache', 'queue', 'bucket', 'external', 'coordinator', 'job'] as const;
const storing = ['database', 'bucket', 'queue', 'cache', 'coordinator'] as const;
/** What a service may lean on, in the order that people write it. */
const leanedOn = ['service', 'database', 'cache', 'queue', 'external', 'coordinator', 'gateway', 'bucket', 'job'] as const;

const byReference: Readonly<Record<string, readonly string[]>> = {
  Region: ['region'],
  Policy: ['policy'],
  Scenario: ['scenario'],
};

const bySlot: Readonly<Record<string, readonly string[]>> = {
  'Edge.journeys': ['journey'],
  'Recovers.targets': leanedOn,
  'Rebuilds.targets': storing,
  'Agrees.targets': storing,
  'DeadLetters.target': ['queue'],
  'CopiesTo.target': ['bucket'],
  'Encrypted.key': ['external', 'service', 'coordinator', 'database'],
  'Corrupts.target': storing,
  'Deletes.target': storing,
  'Expect.target': ['journey', ...components],
  'Measured.target': ['journey', ...components],
  'Routes.routes': ['service', 'gateway', 'external', 'bucket'],
  'Fails.targets': ['region', ...components],
};

/** The kinds of names that make sense at a place, the likeliest first. */
export function kindsAt(expected: Expected, { statement, place }: CursorPlace): readonly string[] {
  const { reference = '', slot } = expected;
  const only = byReference[reference];
  if (only !== undefined) return only;
  if (slot === 'Edge.targets') {
    const kind = statement[0]?.token.image;
    if (kind === 'publishes' || kind === 'consumes') return ['queue'];
    return place === 'journey' ? ['gateway', 'journey', ...leanedOn] : leanedOn;
  }
  if (slot === 'Fails.targets' && statement.some(({ token, as }) => as.type === 'FailTarget' && token.image === 'of'))
    return components;
  return bySlot[slot] ?? components;
}

/** Names that stand in the list already, and the name of the declaration itself: nothing requires itself. */
export function takenAt(expected: Expected, { statement, owner }: CursorPlace): ReadonlySet<string> {
  const taken = statement
    .filter(({ as }) => as.reference !== undefined && as.slot === expected.slot && as.property === expected.property)
    .map(({ token }) => token.image);
  // Of the two ends of a link the second is another one than the first; the other way round nothing is known yet.
  if (expected.slot === 'Link.b') taken.push(...namesIn(statement, 'Link.a'));
  const own = owner.find(({ as }) => as.property === 'name')?.token.image;
  return new Set(own === undefined || expected.reference !== 'Named' ? taken : [...taken, own]);
}

/** Names that another statement of the block has with the same word: `requires a` stands there already. */
export function saidAlready(expected: Expected, { statement, siblings }: CursorPlace): ReadonlySet<string> {
  const key = statement[0]?.token.image;
  if (expected.reference !== 'Named' || key === undefined) return new Set();
  const same = siblings.filter(([first]) => first?.token.image === key);
  const names = same.flatMap((each) => each.filter(({ as }) => as.slot === expected.slot && as.property === expected.property));
  return new Set(names.map(({ token }) => token.image));
}

/** Regions that other statements of the block name in their favour: where it runs, for what is about the sites it runs in. */
export function likelyRegions(
  expected: Expected,
  at: CursorPlace,
): { readonly first: ReadonlySet<string>; readonly last: ReadonlySet<string> } {
  const running = at.siblings.flatMap((statement) => namesIn(statement, 'Runs.site'));
  const standby = at.siblings.filter((statement) => isStandby(statement)).flatMap((statement) => namesIn(statement, 'Runs.site'));
  const none: ReadonlySet<string> = new Set();
  switch (expected.slot) {
    case 'Runs.site':
      return { first: none, last: new Set(running) };
    case 'Needs.site':
    case 'Failover.site':
      return { first: new Set(standby.length > 0 ? standby : running), last: none };
    case 'Replicates.site': {
      const within = at.statement.some(({ token }) => token.image === 'within');
      const active = running.filter((name) => !standby.includes(name));
      return within ? { first: new Set(active), last: none } : { first: new Set(standby), last: new Set(active) };
    }
    default:
      return { first: none, last: none };
  }
}

function namesIn(statement: CursorPlace['statement'], slot: string): readonly string[] {
  return statement.filter(({ as }) => as.slot === slot && as.property === 'region').map(({ token }) => token.image);
}

function isStandby(statement: CursorPlace['statement']): boolean {
  return statement.some(({ token, as }) => as.property === 'role' && token.image !== 'active' && token.image !== 'witness');
}

/** The region that a zone at this place belongs to: the name before the dot, or the one before `zones`. */
export function regionOfZone({ statement }: CursorPlace): string | undefined {
  const named = statement.findLast(
    ({ as }) => as.reference === 'Region' || (as.type === 'FailTarget' && as.property === 'target'),
  );
  return named?.token.image;
}

/** The names of a region's zones, in the order they are declared. */
export function zonesOf(node: AstNode | undefined): readonly { readonly name: string; readonly title: string | undefined }[] {
  if (node === undefined || !isRegion(node)) return [];
  return declaredZones(node);
}

function declaredZones(region: Region): readonly { readonly name: string; readonly title: string | undefined }[] {
  return region.statements.flatMap((statement) => {
    if (isZoneList(statement))
      return statement.zones.flatMap(({ name }) => (name === undefined ? [] : [{ name, title: undefined }]));
    if (!isZone(statement) || statement.name === undefined) return [];
    return [{ name: statement.name, title: statement.title }];
  });
}
