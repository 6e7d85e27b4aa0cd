import { syncGroups, votesOf } from '../analysis/structure/sides.js';
import type { Edit } from '../edit/edit.js';
import type { Component, Edge, Journey } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, instanceCount } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause } from './causes.js';
import { lookup } from './lookup.js';
import { subjects } from './objectives.js';
import { countFix } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { counted } from './wording.js';

/** Copies that a lock needs so that a majority of them outlives one of them. */
const leastCopies = 3;

/** DR009: a lock that two can hold at the same time. */
export const unfencedLock: Rule = {
  code: 'DR009',
  name: 'unfenced-lock',
  title: 'Lock that two holders can have at once',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'An edge is marked `lock`, and it is not marked `fenced`, or what keeps the lock has fewer than three copies that decide together: its votes, witnesses included, else its synchronous copies or its active instances. What has no `runs` (a managed service) is judged by its fencing alone.',
    why: 'A holder that was paused, or cut off, goes on writing after its lease has run out and somebody else has the lock: only a token that the store checks stops it. With two copies, or one, a failover forgets who holds it. Sources: Kleppmann, "How to do distributed locking" (2016); Burrows, "The Chubby lock service" (2006); AWS Well-Architected REL11.',
    how: 'Let the store refuse writers with an old token (`fenced`), and keep locks where a majority of three decides.',
    bad: `region north { zones a, b, c }

service billing {
  runs 2 in north
  requires locks { lock }
}
coordinator locks { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service billing {
  runs 2 in north
  requires locks { lock  fenced }
}
coordinator locks { runs 3 in north }
`,
  },
  check(context) {
    return subjects(context.model).flatMap((owner) => lockEdges(owner).flatMap((edge) => judge(owner, edge, context) ?? []));
  },
};

const lockEdges = oncePer(({ edges }: Component | Journey): readonly Edge[] => edges.filter(({ lock }) => lock !== undefined));

function judge(owner: Component | Journey, edge: Edge, { model, analysis }: RuleContext): RawFinding | undefined {
  if (edge.lock === undefined) return undefined;
  const { components } = lookup(model);
  const keepers = edge.targets.flatMap(({ name }) => components.get(name) ?? []);
  const weak = keepers.filter((keeper) => keeper.placements.length > 0 && decidingCopies(keeper) < leastCopies);
  if (edge.fenced !== undefined && weak.length === 0) return undefined;
  const names = edge.targets.map(({ name }) => name).join(', ');
  const reasons = [
    ...(edge.fenced === undefined ? ['is not fenced'] : []),
    ...weak.map(
      (keeper) =>
        `lies on ${counted(decidingCopies(keeper), 'copy', 'copies')} of ${keeper.name}, where ${leastCopies} would decide`,
    ),
  ];
  const remedies = [
    ...(edge.fenced === undefined ? ['Check a token at each write and mark it `fenced`.'] : []),
    ...weak.map((keeper) => `Run ${leastCopies} of ${keeper.name}.`),
  ];
  return {
    message: `The lock that ${owner.name} takes of ${names} ${reasons.join(' and ')}: two can hold it at once. ${remedies.join(' ')}`,
    at: edge.lock,
    related: weak.flatMap((keeper) =>
      activePlacements(keeper)
        .slice(0, 1)
        .map((placement) => ({ message: `${keeper.name} runs here.`, at: placement.source })),
    ),
    fixes: [...designFixes(edge, weak), acceptFix('DR009', owner, model, analysis.asOf)],
    subject: owner.name,
    causes: [`lock:${owner.name}@${names}`, ...weak.map((keeper) => componentCause(keeper.name))],
  };
}

/** Copies that decide together who holds a lock. */
function decidingCopies(keeper: Component): number {
  const votes = votesOf(keeper)?.members.length;
  if (votes !== undefined) return votes;
  const together = syncGroups(keeper).map((group) => group.members.length);
  return together.length > 0 ? Math.max(...together) : instanceCount(activePlacements(keeper));
}

/** All that is missing at once: the mark, and a third copy of each that has too few. */
function designFixes(edge: Edge, weak: readonly Component[]): readonly Fix[] {
  const edits: Edit[] = [];
  const titles: string[] = [];
  if (edge.fenced === undefined && edge.lock !== undefined) {
    const { uri, end } = edge.lock;
    edits.push({ kind: 'replace', at: { uri, start: end, end }, text: ' fenced' });
    titles.push(`Fence the lock of ${edge.targets.map(({ name }) => name).join(', ')}`);
  }
  for (const keeper of weak) {
    const [first] = activePlacements(keeper);
    if (first === undefined) return [];
    const fix = countFix(keeper, first, first.zones.length + leastCopies - decidingCopies(keeper));
    if (fix === undefined) return [];
    edits.push(...fix.edits);
    titles.push(fix.title);
  }
  return [{ title: titles.join('; '), edits, safe: false }];
}
