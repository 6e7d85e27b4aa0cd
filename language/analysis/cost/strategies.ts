/**
 * Ways to survive the loss of a region, side by side: the same model with nothing changed but how a component stands by, asked the same
 * questions. Where an alternative needs a number that nobody stated, its price is unknown.
 */
import type { Component, Model, Placement, Role } from '../../model/model.js';
import { activePlacements } from '../../model/queries.js';
import type { Analysis } from '../analysis.js';
import { figureOf, missingAmount } from './amount.js';
import type { Strategy } from './cost-figures.js';
import { currencyOf } from './currency.js';
import { standingOf } from './standing.js';

const alternatives: readonly { readonly name: Strategy['name']; readonly role: Role | undefined }[] = [
  { name: 'backup and restore', role: undefined },
  { name: 'pilot light', role: 'pilot-light' },
  { name: 'warm standby', role: 'warm-standby' },
  { name: 'hot standby', role: 'hot-standby' },
  { name: 'active-active', role: 'active' },
];

/**
 * The strategies of a component that has instances in two regions. Empty otherwise: which region would stand by is nobody's guess.
 * `analyzed` gives the analysis of a changed model.
 */
export function strategiesOf(model: Model, subject: string, analyzed: (changed: Model) => Analysis): readonly Strategy[] {
  const component = model.components.find(({ name }) => name === subject);
  if (component === undefined) return [];
  const other = otherRegion(component);
  if (other === undefined) return [];
  const currency = currencyOf(model);
  const now = component.placements.find(({ region }) => region === other)?.role;
  return alternatives.map(({ name, role }) => {
    const current = role === now || (role === undefined && now === 'cold-standby');
    const changed = current ? component : standingBy(component, other, role);
    const loss = analyzed({
      ...model,
      components: model.components.map((each) => (each === component ? changed : each)),
    })
      .recovery(subject)
      .get('region-loss');
    const none = figureOf(missingAmount(`region-loss of ${subject}`), 'seconds');
    const counted = current || role === undefined || fullSize(component, other, role);
    return {
      name,
      role,
      current,
      rto: loss?.rto ?? none,
      rpo: loss?.rpo ?? none,
      standing: figureOf(
        counted ? standingOf(changed, currency) : missingAmount(`instances of ${subject} in ${other} as ${name}`),
        'money-per-year',
      ),
    };
  });
}

/** The region that stands by, or the later of two active ones. */
function otherRegion(component: Component): string | undefined {
  const regions = [...new Set(component.placements.filter(({ role }) => role !== 'witness').map(({ region }) => region))];
  const first = activePlacements(component)[0]?.region;
  const others = regions.filter((region) => region !== first);
  const placements = component.placements.filter(({ region }) => region === others[0]);
  return others.length === 1 && placements.length === 1 ? others[0] : undefined;
}

/** The component with its placement there in another role; without it for none. */
function standingBy(component: Component, region: string, role: Role | undefined): Component {
  const placements = component.placements.flatMap((placement): readonly Placement[] => {
    if (placement.region !== region || placement.role === 'witness') return [placement];
    return role === undefined ? [] : [{ ...placement, role }];
  });
  return { ...component, placements };
}

/** Whether as many run there as a standby of this role means: as many as on the active side. How small a smaller one is, nobody stated. */
function fullSize(component: Component, region: string, role: Role): boolean {
  if (role !== 'hot-standby' && role !== 'active') return false;
  const count = (wanted: (placement: Placement) => boolean): number =>
    component.placements.filter(wanted).reduce((total, placement) => total + placement.zones.length, 0);
  return (
    count((placement) => placement.region === region) >=
    count((placement) => placement.region !== region && placement.role === 'active')
  );
}
