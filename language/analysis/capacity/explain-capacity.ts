/** The tree behind the capacity of a component or region: every figure of it with its own terms. */
import { explain } from '../explanations.js';
import type { Explanation, Figure } from '../figure.js';
import type { CapacityFigures } from './capacity-figures.js';

/** `orders capacity`, with what is needed, used and left after each loss, or with what is asked of each quota. */
export function explainCapacity(figures: CapacityFigures): Explanation {
  switch (figures.kind) {
    case 'component': {
      const after = figures.losses.flatMap((loss) => [loss.utilisation, loss.scaledUtilisation, loss.catchesUp]);
      const safe = figures.safeUtilisation.flatMap((each) => [each.utilisation, each.perSite]);
      const now = [
        figures.neededAtLoad,
        figures.neededAtPeak,
        figures.utilisationAtLoad,
        figures.utilisationAtPeak,
        figures.headroom,
      ];
      const queued = figures.backlogs.flatMap((each) => [each.waits, each.messages, each.bytes, each.drainsIn]);
      const copied = figures.replication.flatMap((each) => [each.use, each.catchesUp]);
      return tree(figures.name, `${figures.serving} instances serve`, [...now, ...safe, ...after, ...queued, ...copied]);
    }
    case 'region': {
      const uses = figures.quotas.flatMap((quota) => [quota.standing, ...quota.afterLoss.map(({ use }) => use)]);
      return tree(figures.name, figures.quotas.length === 0 ? 'no quota is stated' : 'quotas', uses);
    }
  }
}

function tree(name: string, value: string, figures: readonly (Figure | undefined)[]): Explanation {
  return {
    label: `${name} capacity`,
    value,
    children: figures.flatMap((figure) => (figure === undefined ? [] : (explain(figure) ?? []))),
  };
}
