import { anyComponent } from './key-entry.js';
import { keyTable, type Place } from './keys.js';

/** How messages show a block: with the words that open it. */
const SHAPE: Readonly<Record<Place, string>> = {
  file: 'the file itself',
  model: '`model NAME { … }`',
  region: '`region NAME { … }`',
  zone: '`zone NAME { … }`',
  link: '`link a <-> b { … }`',
  service: '`service NAME { … }`',
  gateway: '`gateway NAME { … }`',
  database: '`database NAME { … }`',
  cache: '`cache NAME { … }`',
  queue: '`queue NAME { … }`',
  bucket: '`bucket NAME { … }`',
  external: '`external NAME { … }`',
  coordinator: '`coordinator NAME { … }`',
  job: '`job NAME { … }`',
  journey: '`journey NAME { … }`',
  policy: '`policy NAME { … }`',
  defaults: '`defaults { … }`',
  together: '`together { … }`',
  failover: '`failover { … }`',
  objective: '`objective { … }`',
  class: '`objective { region-loss { … } }`',
  backup: '`backup NAME { … }`',
  edge: '`requires NAME { … }`',
  rollout: '`rollout { … }`',
  scenario: '`scenario NAME { … }`',
  drill: '`drill SCENARIO on DATE { … }`',
};

const components: ReadonlySet<Place> = new Set(anyComponent);

/**
 * Where a statement stands, in words for a message: `` `failover { … }` or `backup NAME { … }` ``. Undefined for words that start no
 * statement. Of many kinds of component only the first is named.
 */
export function standsIn(key: string): string | undefined {
  const places = new Set(keyTable.filter((entry) => entry.key === key).flatMap((entry) => entry.places));
  places.delete('file');
  const kinds = [...places].filter((place) => components.has(place));
  const others = [...places].filter((place) => !components.has(place) && place !== 'defaults' && place !== 'policy');
  const shown = [...kinds.slice(0, 1), ...others].map((place) => SHAPE[place]);
  if (shown.length === 0) return undefined;
  return shown.length === 1 ? shown[0] : `${shown.slice(0, 3).slice(0, -1).join(', ')} or ${shown.slice(0, 3).at(-1)}`;
}
