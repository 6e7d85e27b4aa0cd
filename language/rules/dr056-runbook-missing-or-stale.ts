import type { Component, DisruptionClass, Journey, Model, Runbook } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { acceptFix, laterDate, statementFix } from './accept-fix.js';
import { ownerCause } from './causes.js';
import { lookup } from './lookup.js';
import { type Claim, claims } from './objectives.js';
import { placeKey } from './promised-times.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { counted, spokenList } from './wording.js';

/** How long a runbook holds after its last review, in days. */
const holds = 180;

/** Classes that nobody withstands without moving to a standby; the loss of a zone mostly moves nothing. */
const classes: readonly DisruptionClass[] = ['region-loss', 'provider-loss', 'account-loss'];

type Subject = Component | Journey;

/** What fails over for a promise that somebody makes. */
interface Movement {
  readonly component: Component;
  readonly claim: Claim;
  readonly disruption: DisruptionClass;
  readonly claimant: Subject;
}

/** DR056: a promised failover that nobody has written down, that belongs to nobody, or whose runbook is old. */
export const runbookMissingOrStale: Rule = {
  code: 'DR056',
  name: 'runbook-missing-or-stale',
  title: 'Failover without a fresh runbook',
  severity: 'warning',
  subsumes: ['DR055'],
  docs: {
    what: 'A component has a standby, an objective of its own or of whoever requires it names the loss of a region, a provider or an account, and there is no `runbook` or no `owner`: neither its own, nor that of who promises, nor that of the `model`. One finding for each promise. Or its runbook was reviewed more than 180 days before the date of the analysis; without a date nothing is said of its age.',
    why: 'At night nobody reads the design: either the steps are written and known to work, or they are made up. Sources: AWS Well-Architected REL08-BP01 and the operational excellence pillar; the outage of GitLab in 2017, where the procedures did not fit any more.',
    how: 'Write the `runbook` and name the `owner`; walk through it twice a year and write the day behind `reviewed`.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  objective { region-loss { rpo 1m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  owner "team-orders"
  runbook "https://wiki.example.com/orders"
  runs 3 in north
  runs 3 in south as hot standby
  objective { region-loss { rpo 1m } }
}
`,
  },
  check(context) {
    const moving = movements(context);
    return [...missing(moving, context), ...stale(moving, context)];
  },
};

const movesOver = oncePer(({ placements }: Component): boolean =>
  placements.some(({ role }) => role !== 'active' && role !== 'witness'),
);

function movements({ model, analysis }: RuleContext): readonly Movement[] {
  let open = model.components.filter(movesOver);
  const { components } = lookup(model);
  const journeys = new Map(model.journeys.map((journey) => [journey.name, journey]));
  return classes.flatMap((disruption) => {
    const asked = open.length === 0 ? new Map<string, Claim>() : claims(model, analysis, disruption, open, () => true);
    const found = open.flatMap((component) => {
      const claim = asked.get(component.name);
      const claimant = claim === undefined ? undefined : (components.get(claim.owner) ?? journeys.get(claim.owner));
      return claim === undefined || claimant === undefined ? [] : [{ component, claim, disruption, claimant }];
    });
    open = open.filter((component) => !asked.has(component.name));
    return found;
  });
}

/** The runbook that holds for a movement, and whose it is; the model's own is told of whoever promises. */
function runbookOf(
  { component, claimant }: Movement,
  model: Model,
): { readonly of: Subject; readonly runbook: Runbook } | undefined {
  if (component.runbook !== undefined) return { of: component, runbook: component.runbook };
  const runbook = claimant.runbook ?? model.settings.runbook;
  return runbook === undefined ? undefined : { of: claimant, runbook };
}

function missing(moving: readonly Movement[], { model, analysis }: RuleContext): readonly RawFinding[] {
  const byPromise = new Map<string, Movement[]>();
  for (const movement of moving) {
    const owned = movement.component.owner ?? movement.claimant.owner ?? model.settings.owner;
    if (runbookOf(movement, model) !== undefined && owned !== undefined) continue;
    const list = byPromise.get(movement.claimant.name);
    if (list === undefined) byPromise.set(movement.claimant.name, [movement]);
    else list.push(movement);
  }
  return [...byPromise.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const { claimant, claim, disruption } = first;
    const unwritten = list.some((movement) => runbookOf(movement, model) === undefined);
    const ownerless = list.filter(({ component }) => (component.owner ?? claimant.owner ?? model.settings.owner) === undefined);
    const unowned = ownerless.length > 0;
    const what = [...(unwritten ? ['runbook'] : []), ...(unowned ? ['owner'] : [])].join(' and no ');
    const names = list.map(({ component }) => component.name).sort();
    const owner = unowned
      ? [statementFix(`Name the owner of ${claimant.name}`, claimant.source, 'owner "say here who answers for it"')]
      : [];
    return [
      {
        message: `${claimant.name} promises to withstand ${disruption}, but the failover of ${spokenList(names)} has no ${what}. Write it for ${claimant.name}, or for the model.`,
        at: claim.at,
        related: list.map(({ component }) => ({ message: `${component.name} fails over.`, at: component.nameSource })),
        fixes: [...(unwritten ? [] : owner), acceptFix('DR056', claimant, model, analysis.asOf)],
        subject: claimant.name,
        causes: ownerless.map(({ component }) => ownerCause(component.name)),
      },
    ];
  });
}

function stale(moving: readonly Movement[], { model, analysis }: RuleContext): readonly RawFinding[] {
  const found = new Map<string, RawFinding>();
  const ordered = [...moving].sort((a, b) => (a.claimant.name < b.claimant.name ? -1 : 1));
  for (const movement of ordered) {
    const known = runbookOf(movement, model);
    const reviewed = known?.runbook.reviewed;
    if (known === undefined || reviewed === undefined || found.has(placeKey(known.runbook.source))) continue;
    const { of, runbook } = known;
    if (laterDate(reviewed, holds) >= analysis.asOf) continue;
    const days = Math.round((Date.parse(analysis.asOf) - Date.parse(reviewed)) / 86_400_000);
    found.set(placeKey(runbook.source), {
      message: `The runbook of ${of.name} was reviewed ${counted(days, 'day')} ago, and ${movement.claimant.name} promises to withstand ${movement.disruption}. Review it every ${holds} days.`,
      at: runbook.source,
      related: [{ message: `${movement.claimant.name} promises to withstand ${movement.disruption}.`, at: movement.claim.at }],
      fixes: [acceptFix('DR056', of, model, analysis.asOf)],
      subject: of.name,
      causes: ['runbook'],
    });
  }
  return [...found.values()];
}
