import { oncePer } from '../../model/once-per.js';
import type { FailureEvent } from '../analysis.js';

/**
 * The name of an event where data is exchanged: `cn-north`, `cn-north.a`, `orders@cn-north.a#1` (counted per zone), `orders` of what has
 * one event, `orders@cn-north common cause`, `orders together`, `failover cn-north → cn-south`, `orders failover cn-north → cn-south`.
 */
export const eventId = oncePer((event: FailureEvent): string => {
  switch (event.kind) {
    case 'region':
    case 'zone':
      return event.name;
    case 'component': {
      if (event.instance === undefined) return event.name;
      // Of several in one zone all but the first say which they are: `cn-north.a #2`.
      const [zone = '', number = '#1'] = event.instance.split(' ');
      return `${event.name}@${zone}${number}`;
    }
    case 'shared-fate':
      return event.id;
  }
});

/** A probability without its last digits, which hang on the order of computing: so that equal ones are equal, and go by their names. */
export function roundedChance(probability: number): number {
  return Number(probability.toPrecision(10));
}
