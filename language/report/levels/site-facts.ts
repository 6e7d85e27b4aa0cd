/** What a model says of a component's second site: the facts that levels of preparedness ask for. Each is undefined, or says what falls short. */
import type { Analysis } from '../../analysis/analysis.js';
import { durationText, timeText } from '../../analysis/figure-text.js';
import { losesData } from '../../analysis/recovery/data-loss.js';
import { failoverTo } from '../../analysis/recovery/failover.js';
import type { Backup, Component, Model } from '../../model/model.js';
import { componentsByName, requiredInstances } from '../../model/queries.js';
import { liesApart } from '../../rules/backup-fixes.js';
import { activeSites, regionsOf, workingSites } from '../../rules/sites.js';

const day = 86_400;

/** Twice a day is the least that "several times a day" can mean. */
const severalTimesADay = day / 2;

/** A fact that a level asks of one component: what falls short of it, or undefined. */
export type Shortfall = (component: Component) => string | undefined;

/** The facts of one model, each a question about one component. What is not stated falls short, and the sentence says so. */
export interface SiteFacts {
  /** A copy of the data that no loss of one region takes with the store. */
  readonly offsiteCopy: Shortfall;
  /** A full backup at least this often, copied to another region. What passes through a queue is not backed up in full. */
  readonly fullBackupEvery: (seconds: number) => Shortfall;
  /** Copies reach the other region over a network, on no tape. */
  readonly electronicCopy: Shortfall;
  /** Data reaches the other region twice a day or more often. */
  readonly severalCopiesADay: Shortfall;
  /** Changes are replicated to another region as they happen. */
  readonly replicated: Shortfall;
  /** Losing a region loses nothing, and it comes back. */
  readonly nothingLost: Shortfall;
  /** Something in another region that it can run on, whatever has to be done first. */
  readonly secondSite: Shortfall;
  /** Enough running instances in another region, whichever region is lost. */
  readonly readySite: Shortfall;
  /** As many running instances in another region as serve now. */
  readonly equalSite: Shortfall;
  /** How traffic gets to the other region. */
  readonly switching: Shortfall;
  /** Nobody has to decide that the other region takes over. */
  readonly automatic: Shortfall;
  /** Entrances serve in two regions at once. */
  readonly bothReached: Shortfall;
  /** How long the loss of a region takes is known, and it comes back. */
  readonly timeKnown: Shortfall;
}

/** The facts of a model. */
export function siteFacts(model: Model, analysis: Analysis): SiteFacts {
  const components = componentsByName(model);
  const apartCopies = (store: Component): readonly { readonly backup: Backup; readonly onTape: boolean }[] =>
    store.data.backups.flatMap((backup) =>
      backup.copies.flatMap(({ bucket }) => {
        const place = components.get(bucket.name);
        if (place === undefined || activeSites(place).length === 0 || activeSites(store).length === 0) return [];
        return liesApart(store, place, model, 'region') ? [{ backup, onTape: place.data.media?.value === 'tape' }] : [];
      }),
    );
  const ofStores =
    (shortfall: Shortfall): Shortfall =>
    (component) =>
      losesData(component) ? shortfall(component) : undefined;
  const ofPlaced =
    (shortfall: Shortfall): Shortfall =>
    (component) =>
      component.kind === 'external' ? undefined : shortfall(component);

  const offsiteCopy = ofStores((store) =>
    apartCopies(store).length > 0 || replicates(store) ? undefined : 'no copy of its data in another region',
  );
  const readyElsewhere = (component: Component): number => {
    const homes = regionsOf(activeSites(component));
    const left = homes.map((home) => serving(component, (region) => region !== home));
    return left.length === 0 ? 0 : Math.min(...left);
  };
  return {
    offsiteCopy,
    fullBackupEvery: (seconds) =>
      ofStores((store) => {
        if (store.kind === 'queue') return undefined;
        const intervals = apartCopies(store).flatMap(({ backup }) =>
          backup.series.filter(({ kind }) => kind === 'full' || kind === 'snapshot').map(({ every }) => every.value),
        );
        if (intervals.length === 0) return 'no full backup that is copied to another region';
        const least = Math.min(...intervals);
        return least <= seconds ? undefined : `a full backup every ${durationText(least)} only`;
      }),
    electronicCopy: ofStores((store) =>
      replicates(store) || apartCopies(store).some(({ onTape }) => !onTape)
        ? undefined
        : 'its copies go to another region on tape only',
    ),
    severalCopiesADay: ofStores((store) => {
      if (replicates(store)) return undefined;
      const intervals = apartCopies(store)
        .filter(({ onTape }) => !onTape)
        .flatMap(({ backup }) => backup.series.map(({ every }) => every.value));
      if (intervals.length === 0) return 'nothing of its data goes to another region over a network';
      const least = Math.min(...intervals);
      return least <= severalTimesADay ? undefined : `its data goes to another region every ${durationText(least)} only`;
    }),
    replicated: ofStores((store) =>
      replicates(store) ? undefined : 'its changes are not replicated to another region as they happen',
    ),
    nothingLost: ofStores((store) => {
      const found = analysis.recovery(store.name).get('region-loss');
      if (found === undefined) return 'what the loss of a region loses is not known';
      if (found.rto.status === 'never') return 'it does not come back after the loss of a region';
      if (found.rpo.status === 'known' && found.rpo.value === 0) return undefined;
      return `the loss of a region loses data: RPO ${timeText(found.rpo)}`;
    }),
    secondSite: ofPlaced((component) => {
      const regions = regionsOf(workingSites(component));
      if (regions.length === 0) return 'the model does not say where it runs';
      return regions.length > 1 ? undefined : `it runs in ${regions.join('')} only`;
    }),
    readySite: ofPlaced((component) => {
      if (component.placements.length === 0) return undefined;
      const ready = readyElsewhere(component);
      const needed = requiredInstances(component).count;
      return ready >= needed ? undefined : `${ready} of the ${needed} instances it needs are ready in another region`;
    }),
    equalSite: ofPlaced((component) => {
      if (component.placements.length === 0) return undefined;
      const homes = regionsOf(activeSites(component));
      const active = Math.max(0, ...homes.map((home) => activeIn(component, home)));
      const ready = readyElsewhere(component);
      return ready >= active ? undefined : `${ready} instances are ready in another region, ${active} serve now`;
    }),
    switching: ofPlaced((component) =>
      standbyRegions(component).every((region) => failoverTo(model, component, region).switch !== undefined)
        ? undefined
        : 'the model does not say how its traffic is switched',
    ),
    automatic: ofPlaced((component) =>
      standbyRegions(component).every((region) => failoverTo(model, component, region).decide?.value.mode === 'automatic')
        ? undefined
        : 'its takeover is not decided automatically',
    ),
    bothReached: (component) =>
      component.kind !== 'gateway' || regionsOf(activeSites(component)).length > 1
        ? undefined
        : 'users reach it in one region at a time',
    timeKnown: ofPlaced((component) => {
      const found = analysis.recovery(component.name).get('region-loss');
      return found?.rto.status === 'known'
        ? undefined
        : `RTO after the loss of a region: ${found === undefined ? 'not known' : timeText(found.rto)}`;
    }),
  };
}

/** Whether its changes go to another region than the one it serves from. */
function replicates(store: Component): boolean {
  const homes = regionsOf(activeSites(store));
  const all = regionsOf(workingSites(store));
  if (all.length < 2) return false;
  return store.data.replication.some(({ scope, region }) => {
    if (scope === 'within') return false;
    return region === undefined || !(homes.length === 1 && homes[0] === region);
  });
}

/** Instances that serve, or stand by running, in the regions that are asked for. */
function serving(component: Component, within: (region: string) => boolean): number {
  return component.placements
    .filter(({ region, role }) => within(region) && (role === 'active' || role === 'hot-standby' || role === 'warm-standby'))
    .reduce((sum, { zones }) => sum + zones.length, 0);
}

function activeIn(component: Component, home: string): number {
  return component.placements
    .filter(({ region, role }) => region === home && role === 'active')
    .reduce((sum, { zones }) => sum + zones.length, 0);
}

/** Regions with a standby and without active instances. */
function standbyRegions(component: Component): readonly string[] {
  const homes = new Set(regionsOf(activeSites(component)));
  return regionsOf(workingSites(component)).filter((region) => !homes.has(region));
}
