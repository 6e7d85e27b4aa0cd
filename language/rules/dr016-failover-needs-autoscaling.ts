import { timeText } from '../analysis/figure-text.js';
import { acceptFix } from './accept-fix.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { type AskedLoss, alike, askedBy, capacityFinding, type Overloaded, overloaded, shortfall } from './site-capacity.js';
import { effectiveTiers } from './tier.js';

/** DR016: after the loss of a site the load is carried only when scaling has added instances. */
export const failoverNeedsAutoscaling: Rule = {
  code: 'DR016',
  name: 'failover-needs-autoscaling',
  title: 'Survives the loss of a site only by scaling',
  severity: 'warning',
  subsumes: ['DR002', 'DR003', 'DR012'],
  docs: {
    what: 'With a zone off (where an objective names zone-loss, and on tier 0 or 1) or a region off (where an objective names region-loss), the instances that are left, or those of the standby that takes over, carry less than the peak (the load, where no peak is stated), and what the component `scales to` at the sites left carries it. `within` does not clear it: it is part of the recovery time. An error on tier 0, and where fewer instances are left than must stand and that alone were an error (DR012).',
    why: 'Scaling needs the control plane, free machines and images at the moment in which everybody else asks for them too, and until it is done the survivors are overloaded. Sources: AWS Well-Architected REL11-BP04 and REL11-BP05 (static stability); the post-mortems of AWS us-east-1, December 2021, and Slack, January 2021.',
    how: 'Run enough for the load beforehand with the site off, or accept that recovery takes as long as scaling does.',
    bad: `region north { zones a, b, c }

service orders tier 0 {
  runs 3 in north
  needs 1
  load 200rps peak 300rps  capacity 100rps
  scales to 8 within 3m
}
`,
    good: `region north { zones a, b, c }

service orders tier 0 {
  runs 5 in north
  needs 1
  load 200rps peak 300rps  capacity 100rps
  scales to 8 within 3m
}
`,
  },
  check(context) {
    return overloaded(context).flatMap((overload) => judge(overload, context) ?? []);
  },
};

function judge(overload: Overloaded, context: RuleContext): RawFinding | undefined {
  const { component } = overload;
  // Where scaling does not reach the load after some loss, that is to be mended first, and DR018 tells it.
  if (overload.losses.some((loss) => !loss.scalingReaches)) return undefined;
  const [worst] = overload.losses;
  if (worst === undefined) return undefined;
  const accept = acceptFix('DR016', component, context.model, context.analysis.asOf);
  const found = capacityFinding(overload, overload.losses, [accept]);
  if (found === undefined) return undefined;
  const message = `With ${worst.site} off, ${shortfall(overload, worst)} ${until(worst)}, and ${askedBy(overload, worst, context)}.${alike(overload.losses)} Run enough for the load beforehand.`;
  return { ...found, message, severity: effectiveTiers(context.model).get(component.name) === 0 ? 'error' : 'warning' };
}

/** `until scaling is done in 3 min`, or without the time where nobody stated it. */
function until({ catchesUp }: AskedLoss): string {
  return catchesUp.status === 'known' ? `until scaling is done in ${timeText(catchesUp)}` : 'until scaling is done';
}
