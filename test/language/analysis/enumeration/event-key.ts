/** The name of an event as tests write it: `r1.a`, `orders@r1.a#2`, `orders@r1 common cause`, `failover r1 → r2`. */
import type { FailureEvent } from '../../../../language/analysis/analysis.js';

export function eventKey(event: FailureEvent): string {
  switch (event.kind) {
    case 'region':
    case 'zone':
      return event.name;
    case 'component': {
      if (event.instance === undefined) return event.name;
      const [site, nth = '#1'] = event.instance.split(' ');
      return `${event.name}@${site}${nth}`;
    }
    case 'shared-fate':
      return event.id;
  }
}
