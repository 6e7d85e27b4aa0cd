/** The answer for one class of disruption: its worst at once, each scope by itself when it is asked for. */
import type { DisruptionClass } from '../../model/model.js';
import type { ClassRecovery, SiteRecovery } from '../analysis.js';
import type { Figure } from '../figure.js';

/** What is known of the worst scope. */
type WorstFigures = Pick<ClassRecovery, 'survives' | 'lost' | 'scope' | 'rto' | 'rpo' | 'failback'>;

/** One class. What is worked out later is no property of its own, so that nobody pays for it who only prints the worst. */
export class WorstOfClass implements ClassRecovery {
  readonly survives: boolean | undefined;
  readonly lost: boolean;
  readonly scope: string | undefined;
  readonly rto: Figure;
  readonly rpo: Figure;
  readonly failback?: Figure;
  readonly #everySite: () => ReadonlyMap<string, SiteRecovery>;
  readonly #latest: () => Figure;
  #sites: ReadonlyMap<string, SiteRecovery> | undefined;
  #caughtUp: Figure | undefined;

  constructor(
    readonly disruption: DisruptionClass,
    worst: WorstFigures,
    everySite: () => ReadonlyMap<string, SiteRecovery>,
    latest: () => Figure,
  ) {
    this.survives = worst.survives;
    this.lost = worst.lost;
    this.scope = worst.scope;
    this.rto = worst.rto;
    this.rpo = worst.rpo;
    if (worst.failback !== undefined) this.failback = worst.failback;
    this.#everySite = everySite;
    this.#latest = latest;
  }

  get perSite(): ReadonlyMap<string, SiteRecovery> {
    this.#sites ??= this.#everySite();
    return this.#sites;
  }

  get caughtUp(): Figure {
    this.#caughtUp ??= this.#latest();
    return this.#caughtUp;
  }
}
