import type { Edit } from '../edit/edit.js';
import type { Source } from '../model/fact.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Model, Placement, Region } from '../model/model.js';
import { regionOf } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { liesApart } from './backup-fixes.js';
import { lookup } from './lookup.js';
import { runsStatement } from './placement-fixes.js';
import { foreign, isAllowed, lawAt } from './residency.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { spokenList } from './wording.js';

/** DR014: a copy of data lies under a law that its residency does not allow. */
export const residencyViolation: Rule = {
  code: 'DR014',
  name: 'residency-violation',
  title: 'Data outside its permitted jurisdictions',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A store says `residency`, and an instance of it that keeps data, a site it stands in, or a bucket that its backups are copied to (and that bucket’s own copies in turn) lies in a region or zone whose `jurisdiction` is none of those. Witnesses keep no data. Sites that state no jurisdiction are not judged.',
    why: 'A failover target abroad is a breach of law on the day of the disaster, and a backup abroad is one already. Sources: Google Cloud, disaster recovery planning guide (locality-restricted workloads); GDPR Chapter V.',
    how: 'Choose another region of an allowed jurisdiction, or allow this one.',
    bad: `region north { jurisdiction cn  zones a, b, c }
region west { jurisdiction us  zones a, b, c }

database ledger {
  residency cn
  runs 3 in north
  runs 3 in west as hot standby
}
`,
    good: `region north { jurisdiction cn  zones a, b, c }
region south { jurisdiction cn  zones a, b, c }

database ledger {
  residency cn
  runs 3 in north
  runs 3 in south as hot standby
}
`,
  },
  check(context) {
    return context.model.components.flatMap((store) => {
      if (store.data.residency.length === 0) return [];
      return [...strayInstances(store, context), ...strayHosts(store, context), ...strayCopies(store, context)];
    });
  },
};

/** Something that lies where it may not. */
interface Stray {
  readonly what: string;
  readonly place: string;
  readonly jurisdiction: string;
  readonly at: Source;
  readonly fixes: readonly Fix[];
}

function strayInstances(store: Component, context: RuleContext): readonly RawFinding[] {
  return store.placements.flatMap((placement) => {
    if (placement.role === 'witness') return [];
    const found = foreign(store, placement.zones, context.model);
    if (found === undefined) return [];
    const stray = {
      what: placement.role === 'active' ? `${store.name} runs` : `A standby of ${store.name} stands`,
      place: found.site,
      jurisdiction: found.law,
      at: placement.source,
      fixes: moveFixes(store, placement, context.model),
    };
    return [finding(store, stray, context)];
  });
}

function strayHosts(store: Component, context: RuleContext): readonly RawFinding[] {
  return store.hosts.flatMap((host) => {
    const found = host.resolved ? foreign(store, [host.name], context.model) : undefined;
    if (found === undefined) return [];
    const fixes = otherRegions(store, context.model).map((region) => ({
      title: `Let ${store.name} stand in ${region.name} instead of ${host.name}`,
      edits: [{ kind: 'replace', at: host.at, text: region.name } as const],
      safe: false,
    }));
    const stray = { what: `${store.name} stands`, place: found.site, jurisdiction: found.law, at: host.at, fixes };
    return [finding(store, stray, context)];
  });
}

/** Buckets that hold copies of the store, and the copies of these in turn, each told at the copy that leads there. */
function strayCopies(store: Component, context: RuleContext): readonly RawFinding[] {
  return copiesOf(store, context.model).flatMap(({ holder, bucket, at }) => {
    const stray = foreign(store, workingSites(bucket), context.model);
    if (stray === undefined) return [];
    const what = `A backup of ${store.name} lies in ${bucket.name}`;
    const fixes = otherBuckets(store, holder, bucket, at, context.model);
    return [finding(store, { what, place: stray.site, jurisdiction: stray.law, at, fixes }, context)];
  });
}

/** A bucket, and the name that leads there in a backup of its holder: the store, or another bucket. */
interface Copy {
  readonly holder: Component;
  readonly bucket: Component;
  readonly at: Source;
}

/** Buckets that the backups of a store reach, copies of copies included, each once. */
function copiesOf(store: Component, model: Model): readonly Copy[] {
  const { components } = lookup(model);
  const seen = new Set([store.name]);
  const found: Copy[] = [];
  const open = [store];
  for (const holder of open) {
    for (const copy of holder.data.backups.flatMap((backup) => backup.copies)) {
      const bucket = components.get(copy.bucket.name);
      if (bucket === undefined || seen.has(bucket.name)) continue;
      seen.add(bucket.name);
      open.push(bucket);
      found.push({ holder, bucket, at: copy.bucket.at });
    }
  }
  return found;
}

function finding(store: Component, stray: Stray, { model, analysis }: RuleContext): RawFinding {
  const allowed = spokenList(store.data.residency.map(({ value }) => value).sort());
  const law = lawAt(model, stray.place)?.at;
  const [residency] = store.data.residency;
  const asked = residency === undefined ? undefined : sourceOf(residency);
  return {
    message: `${stray.what} in ${stray.place}, where the law is ${stray.jurisdiction}; its data may lie in ${allowed} only. Choose another region, or allow ${stray.jurisdiction}.`,
    at: stray.at,
    related: [
      ...(law === undefined ? [] : [{ message: `The law of ${stray.place} is ${stray.jurisdiction}.`, at: law }]),
      ...(asked === undefined ? [] : [{ message: `The data of ${store.name} may lie in ${allowed}.`, at: asked }]),
    ],
    fixes: [...stray.fixes, ...widenFix(store, stray.jurisdiction), acceptFix('DR014', store, model, analysis.asOf)],
    subject: store.name,
    causes: [`residency:${store.name}@${stray.what}@${stray.place}`],
  };
}

/** Regions of a law that the store allows, where `apart` does not stand, by name; the first two. */
function otherRegions(store: Component, model: Model, apart = store): readonly Region[] {
  const used = new Set(regionsOf(workingSites(apart)));
  return model.regions
    .filter((region) => !used.has(region.name) && region.zones.every((zone) => isAllowed(store, lawAt(model, zone.path)?.value)))
    .filter((region) => isAllowed(store, lawAt(model, region.name)?.value))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, 2);
}

/** The same instances in another region. What else the store says of the old region would be left behind: then nothing is offered. */
function moveFixes(store: Component, placement: Placement, model: Model): readonly Fix[] {
  const speaksOf = (region: string | undefined): boolean => region !== undefined && regionOf(region) === placement.region;
  const others = [...store.data.replication, ...store.failovers, ...store.needsIn];
  if (placement.count.origin.kind !== 'stated' || others.some(({ region }) => speaksOf(region))) return [];
  return otherRegions(store, model).map((region) => ({
    title: `Run them in ${region.name} instead of ${placement.region}`,
    edits: [{ kind: 'replace', at: placement.source, text: runsStatement(placement.zones.length, region.name, placement.role) }],
    safe: false,
  }));
}

/** Buckets that stand under an allowed law; a new one in the first allowed region where there is none. */
function otherBuckets(store: Component, holder: Component, old: Component, at: Source, model: Model): readonly Fix[] {
  const { buckets, names } = lookup(model);
  const taken = new Set(holder.data.backups.flatMap((backup) => backup.copies.map((copy) => copy.bucket.name)));
  const allowed = buckets
    .filter((bucket) => !taken.has(bucket.name) && bucket !== store && bucket !== holder && workingSites(bucket).length > 0)
    .filter((bucket) => liesApart(holder, bucket, model, 'region'))
    .filter(
      (bucket) =>
        liesInside(store, bucket, model) && copiesOf(bucket, model).every((next) => liesInside(store, next.bucket, model)),
    )
    .map((bucket) => bucket.name)
    .sort()
    .slice(0, 2);
  const copyTo = (name: string, more: readonly Edit[]): Fix => ({
    title: `Copy to ${name} instead of ${old.name}`,
    edits: [{ kind: 'replace', at, text: name }, ...more],
    safe: false,
  });
  if (allowed.length > 0) return allowed.map((name) => copyTo(name, []));
  const [region] = otherRegions(store, model, holder);
  if (region === undefined) return [];
  let name = `${old.name}-${region.name}`;
  for (let number = 2; names.has(name); number += 1) name = `${old.name}-${region.name}-${number}`;
  return [copyTo(name, [{ kind: 'add-declaration', after: old.source, text: `bucket ${name} in ${region.name} { }` }])];
}

function liesInside(store: Component, bucket: Component, model: Model): boolean {
  return workingSites(bucket).every((site) => isAllowed(store, lawAt(model, site)?.value));
}

/** Allows the jurisdiction, where the store itself says which it may lie in. */
function widenFix(store: Component, law: string): readonly Fix[] {
  const last = store.data.residency.at(-1);
  if (last?.origin.kind !== 'stated') return [];
  const { uri, end } = last.origin.at;
  const word = /^[a-z][a-z0-9-]*$/.test(law) ? law : JSON.stringify(law);
  return [
    {
      title: `Allow the data of ${store.name} to lie in ${law}`,
      edits: [{ kind: 'replace', at: { uri, start: end, end }, text: `, ${word}` }],
      safe: false,
    },
  ];
}
