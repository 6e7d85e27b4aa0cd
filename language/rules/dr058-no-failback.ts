import { durationText, quantityText } from '../analysis/figure-text.js';
import type { Link, Model } from '../model/model.js';
import { oncePer, onceWhile } from '../model/once-per.js';
import { activePlacements, keepsData, regionOf } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { placeKey } from './promised-times.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { byBlock, componentsOf, placeOfWay, type StandbyWay, standbyRegionsOf, standbyWays } from './standby-ways.js';
import { spokenList, writtenDuration } from './wording.js';

/** What a fix plans for a way back of which nothing is known, and the step in which it plans, in seconds. */
const planned = 3600;

/** DR058: a way to the standby, and none back. */
export const noFailback: Rule = {
  code: 'DR058',
  name: 'no-failback',
  title: 'No planned failback',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component has a standby in a region where it does not serve, and a `failover` that speaks of the way there (its own, one of a policy, the defaults or a link), and no `failback` says how long the way back takes. One finding for each `failover` block. A standby that no `failover` speaks of is not judged.',
    why: 'The standby was sized, and paid, for days. The way back is a second failover: the data written meanwhile has to be copied first, and what is copied by surprise is copied in the worst week. Sources: the outage of GitHub in 2018, where the way back to the East took most of the day; Azure Site Recovery, which asks to protect again before a failback.',
    how: 'Plan the way back, copying of data included, and write it as `failback`; try it in the same drill as the way there.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide automatic  switch mesh }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide automatic  switch mesh  failback 30m }
}
`,
  },
  check(context) {
    const found: RawFinding[] = [];
    for (const ways of byBlock(standbyWays(context.model).filter(isOpen), ({ block }) => placeKey(block.source))) {
      const [first, ...others] = ways;
      if (first === undefined) continue;
      const copy = longestCopy(ways, context);
      const { settings } = context.model;
      const { asOf } = context.analysis;
      found.push(
        others.length === 0
          ? judgedAlone(first, copy?.bytes, copy?.seconds, settings, asOf)
          : judge(first, ways, copy, { settings }, asOf),
      );
    }
    return found;
  },
};

/** Whether it leads away from where the component serves, and nothing says how it comes back. In its own region nothing has to come back. */
const isOpen = oncePer(
  ({ component, region, facts }: StandbyWay): boolean =>
    facts.failback === undefined && !activePlacements(component).some((placement) => placement.region === region),
);

/** What is to be said of a way that has its block for itself: again only when the way, its copy, the settings or the day have changed. */
const judgedAlone = onceWhile(
  (
    way: StandbyWay,
    bytes: number | undefined,
    seconds: number | undefined,
    settings: Model['settings'],
    asOf: string,
  ): RawFinding => {
    const copy = bytes === undefined || seconds === undefined ? undefined : { store: way.component.name, bytes, seconds };
    return judge(way, [way], copy, { settings }, asOf);
  },
);

function judge(
  first: StandbyWay,
  ways: readonly StandbyWay[],
  copy: Copy | undefined,
  model: Pick<Model, 'settings'>,
  asOf: string,
): RawFinding {
  const names = spokenList(componentsOf(ways));
  const cost =
    copy === undefined
      ? 'an unplanned failback is a second outage'
      : `the ${quantityText(copy.bytes, 'bytes')} of ${copy.store} take ${durationText(Math.ceil(copy.seconds))} to copy first`;
  const plan = writtenDuration(Math.max(1, Math.ceil((copy?.seconds ?? 0) / planned)) * planned);
  return {
    message: `Nothing says how long the failback of ${names} from ${spokenList(standbyRegionsOf(ways))} takes: ${cost}. Plan it and write \`failback\`.`,
    at: placeOfWay(first),
    related: ways.flatMap(({ component, standbys }) =>
      standbys.slice(0, 1).map(({ source }) => ({ message: `${component.name} stands by here.`, at: source })),
    ),
    fixes: [
      {
        title: `Plan ${plan} for the failback of ${names}`,
        edits: [{ kind: 'add-statement', block: first.block.source, text: `failback ${plan}` }],
        safe: false,
      },
      acceptFix('DR058', first.component, model, asOf),
    ],
    subject: first.component.name,
    causes: ways.map(({ component, region }) => `failback:${component.name}@${region}`),
  };
}

interface Copy {
  readonly store: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** Of the stores that move, the one whose data takes longest over the link back, where size and bandwidth are stated. */
function longestCopy(ways: readonly StandbyWay[], { model }: RuleContext): Copy | undefined {
  if (model.links.length === 0) return undefined;
  const copies = ways.flatMap(({ component, region }): readonly Copy[] => {
    const bytes = keepsData(component) ? component.data.size?.value : undefined;
    const home = activePlacements(component)[0]?.region;
    const rate = model.links.find((link) => home !== undefined && joins(link, home, region))?.bandwidth?.value;
    if (bytes === undefined || rate === undefined || rate <= 0) return [];
    return [{ store: component.name, bytes, seconds: bytes / rate }];
  });
  return copies.sort((a, b) => b.seconds - a.seconds)[0];
}

function joins({ a, b }: Link, one: string, other: string): boolean {
  const [from, to] = [regionOf(a), regionOf(b)];
  return (from === one && to === other) || (from === other && to === one);
}
