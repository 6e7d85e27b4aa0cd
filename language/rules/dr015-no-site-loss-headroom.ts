import { acceptFix } from './accept-fix.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { alike, askedBy, capacityFinding, type Overloaded, overloaded, shortfall } from './site-capacity.js';

/** DR015: what is left after the loss of a site does not carry the load, and nothing scales. */
export const noSiteLossHeadroom: Rule = {
  code: 'DR015',
  name: 'no-site-loss-headroom',
  title: 'Survivors of a lost site cannot carry the load',
  severity: 'error',
  subsumes: ['DR002', 'DR003', 'DR012'],
  docs: {
    what: 'With a zone off (where an objective names zone-loss: its own, or that of a journey or component whose hard closure holds it; and on tier 0 or 1) or a region off (where an objective names region-loss), the instances that are left, or those of the standby that takes over, carry less than the peak (the load, where no peak is stated), and the component does not scale. Where it scales, DR016 or DR018 speaks; where nothing is left, DR001 or DR010; stores that replicate are left out, since further copies carry no more writes.',
    why: 'The survivors get the whole load at once. What is over their capacity is turned away or brings them down one after the other. Sources: AWS Well-Architected REL11-BP05 (static stability); Google, Site Reliability Engineering, "Addressing Cascading Failures".',
    how: 'Run so many that the sites left carry the peak: the instances needed over the sites less one, rounded up, in each.',
    bad: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north
  needs 1
  load 200rps peak 300rps  capacity 100rps
}
`,
    good: `region north { zones a, b, c }

service orders tier 1 {
  runs 5 in north
  needs 1
  load 200rps peak 300rps  capacity 100rps
}
`,
  },
  check(context) {
    return overloaded(context).flatMap((overload) => judge(overload, context) ?? []);
  },
};

function judge(overload: Overloaded, context: RuleContext): RawFinding | undefined {
  const { component, losses } = overload;
  const [worst] = losses;
  if (worst === undefined || component.deployment.scales !== undefined) return undefined;
  const accept = acceptFix('DR015', component, context.model, context.analysis.asOf);
  const found = capacityFinding(overload, losses, [accept]);
  if (found === undefined) return undefined;
  const message = `With ${worst.site} off, ${shortfall(overload, worst)}, and ${askedBy(overload, worst, context)}.${alike(losses)} Run more elsewhere, or let it scale.`;
  return { ...found, message };
}
