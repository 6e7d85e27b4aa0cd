import { requiredInstances } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { scaleFurtherFix, scalingNeeded } from './capacity-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { alike, askedBy, capacityFinding, type Overloaded, overloaded, shortfall } from './site-capacity.js';
import { effectiveTiers } from './tier.js';

/** DR018: after the loss of a site even the upper end of scaling does not carry the load. */
export const hpaMaxTooLow: Rule = {
  code: 'DR018',
  name: 'hpa-max-too-low',
  title: 'Autoscaling limit too low for the load',
  severity: 'error',
  subsumes: ['DR002', 'DR003', 'DR012', 'DR016'],
  docs: {
    what: 'A component `scales to` a number, and with a zone off (where an objective names zone-loss, and on tier 0 or 1) or a region off (where an objective names region-loss), that number at each region left, times the capacity of one, is less than the peak (the load, where no peak is stated).',
    why: 'The upper end of scaling is often set for the days on which all sites are up. After a failover the sites left carry the share of the lost one too, and the number that was meant to save money turns requests away. Sources: Polaris hpaMaxAvailability; AWS Well-Architected REL11-BP05.',
    how: 'Raise the upper end to what one site less takes, and the quotas with it; better, run it beforehand.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 4 in north
  runs 4 in south
  needs 1
  load 400rps peak 800rps  capacity 100rps
  scales to 6 within 3m
  objective { region-loss { rto 10m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 8 in north
  runs 8 in south
  needs 1
  load 400rps peak 800rps  capacity 100rps
  scales to 12 within 3m
  objective { region-loss { rto 10m } }
}
`,
  },
  check(context) {
    return overloaded(context).flatMap((overload) => judge(overload, context) ?? []);
  },
};

function judge(overload: Overloaded, context: RuleContext): RawFinding | undefined {
  const { component } = overload;
  const { scales } = component.deployment;
  const losses = overload.losses.filter((loss) => !loss.scalingReaches);
  const [worst] = losses;
  const most = scalingNeeded(overload);
  if (scales === undefined || worst === undefined || most === undefined) return undefined;
  const fixes = [...furtherFix(overload, context), acceptFix('DR018', component, context.model, context.analysis.asOf)];
  const found = capacityFinding(overload, losses, fixes);
  if (found === undefined) return undefined;
  const message = `With ${worst.site} off, ${shortfall(overload, worst)}, and scaling ends at ${scales.max.value} at each site, while ${askedBy(overload, worst, context)}.${alike(losses)} Scale to ${most}.`;
  return { ...found, at: scales.source, message };
}

/** Scaling further is no way out where the time until it is done is not to be had: on tier 0, and where the component is down until then. */
function furtherFix(overload: Overloaded, { model }: RuleContext): readonly Fix[] {
  const { component } = overload;
  if (effectiveTiers(model).get(component.name) === 0 || requiredInstances(component).from === 'load') return [];
  const fix = scaleFurtherFix(overload);
  return fix === undefined ? [] : [fix];
}
