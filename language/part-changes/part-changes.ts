/** What can be changed of one component, journey or place with a click: each change as text edits, or one sentence why it is impossible. */
import type { Edit } from '../edit/edit.js';
import type { Component, Journey, Model, Placement, Region } from '../model/model.js';
import { keepsData } from '../model/queries.js';
import { standbysOf } from '../refactor/standby-region.js';
import { acceptFix } from '../rules/accept-fix.js';
import { copyFixes, newBackupFixes } from '../rules/backup-fixes.js';
import { countFix, needsMajority, placementEdit, runsStatement } from '../rules/placement-fixes.js';
import type { Finding } from '../rules/rule.js';

export type ChangeKind = 'instance' | 'zone' | 'standby' | 'backup' | 'accept';

/** One change, for people and as edits of the text. */
export interface PartChange {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** All changes of a kind; where there is none, `reason` says why in one sentence. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  readonly changes: readonly PartChange[];
  readonly reason?: string;
}

/** A group as it is offered, without the edits. */
export interface OfferedGroup {
  readonly kind: ChangeKind;
  /** By its identifier a change is found again, whatever language the titles are shown in. */
  readonly changes: readonly { readonly id: string; readonly title: string }[];
  readonly reason?: string;
}

/** The groups without their edits. */
export function offered(groups: readonly ChangeGroup[]): readonly OfferedGroup[] {
  return groups.map((each) => ({
    ...each,
    changes: each.changes.map((change) => ({ id: idOf(each, change), title: change.title })),
  }));
}

/** The edits of the change with an identifier; undefined where it is not possible any more. */
export function editsOf(groups: readonly ChangeGroup[], id: string): readonly Edit[] | undefined {
  for (const each of groups) for (const change of each.changes) if (idOf(each, change) === id) return change.edits;
  return undefined;
}

function idOf({ kind }: ChangeGroup, { title }: PartChange): string {
  return `${kind} ${title}`;
}

/** A risk that somebody may take: so many are listed. */
const mostRisks = 8;

/**
 * What can be changed of the component, the journey, the region or the zone of a name; empty where the model has none of it. `findings` are
 * those of the model, `asOf` is the day of the analysis: a risk is accepted for half a year from it.
 */
export function partChanges(model: Model, findings: readonly Finding[], asOf: string, name: string): readonly ChangeGroup[] {
  const component = model.components.find((each) => each.name === name);
  const accept = (holder: Component | Journey | Region): ChangeGroup => acceptances(holder, name, model, findings, asOf);
  if (component !== undefined) {
    return [
      group('instance', moreInstances(component)),
      group('zone', moreZones(component, model)),
      group('standby', standbysOf(component, model)),
      group('backup', backups(component, model)),
      accept(component),
    ];
  }
  const journey = model.journeys.find((each) => each.name === name);
  if (journey !== undefined) return [accept(journey)];
  const region = model.regions.find((each) => each.name === name || each.zones.some(({ path }) => path === name));
  if (region === undefined) return [];
  return [...(region.name === name ? [group('zone', newZone(region))] : []), accept(region)];
}

function group(kind: ChangeKind, found: readonly PartChange[] | string): ChangeGroup {
  return typeof found === 'string' ? { kind, changes: [], reason: found } : { kind, changes: found };
}

/** Placements whose text stands in the component's own block, or the sentence why nothing of them can be changed there. */
function ownPlacements(component: Component): readonly Placement[] | string {
  if (component.kind === 'external') return `${component.name} is somebody else's: what runs there is not yours to change.`;
  if (component.placements.length === 0) {
    return `${component.name} does not say what runs where: write \`runs 2 in REGION\` first.`;
  }
  const { uri, start, end } = component.source;
  const own = component.placements.filter(({ source }) => source.uri === uri && source.start >= start && source.end <= end);
  return own.length > 0 ? own : `What ${component.name} runs is written in a policy that others follow as well.`;
}

/** One more in each placement; two more where a majority decides, since an even number of votes buys nothing. */
function moreInstances(component: Component): readonly PartChange[] | string {
  const placements = ownPlacements(component);
  if (typeof placements === 'string') return placements;
  return placements.map((placement) => {
    const more = needsMajority(component) && placement.count.value % 2 === 1 ? 2 : 1;
    return withCount(component, placement, placement.count.value + more);
  });
}

function withCount(component: Component, placement: Placement, count: number): PartChange {
  const fix = countFix(component, placement, count);
  if (fix !== undefined) return fix;
  const title = `Run ${count} instances of ${component.name} in ${placement.region}`;
  return { title, edits: [placementEdit(placement, count, placement.region)] };
}

/** One instance in each zone of its regions that has none yet. */
function moreZones(component: Component, model: Model): readonly PartChange[] | string {
  const placements = ownPlacements(component);
  if (typeof placements === 'string') return placements;
  const used = new Set(component.placements.flatMap(({ zones }) => zones));
  const found: PartChange[] = [];
  for (const placement of placements) {
    const region = model.regions.find(({ name }) => name === placement.region);
    const free = region?.zones.filter(({ path }) => !used.has(path)) ?? [];
    const [next] = free;
    if (next === undefined) continue;
    if (placement.pinned !== true) {
      // Instances that may stand anywhere in the region are spread in the order of its zones: one more stands in the next one.
      const count = placement.count.value + 1;
      found.push({
        ...withCount(component, placement, count),
        title: `Run ${count} of ${component.name} with one more in ${next.path}`,
      });
      continue;
    }
    for (const { path } of free) {
      const text = runsStatement(1, path, placement.role);
      found.push({
        title: `Run one more of ${component.name} in ${path}`,
        edits: [{ kind: 'add-statement', block: component.source, text }],
      });
      used.add(path);
    }
  }
  if (found.length > 0) return found;
  const regions = [...new Set(placements.map(({ region }) => region))].join(', ');
  return `${component.name} runs in every zone of ${regions} that is declared.`;
}

/** The first letter that no zone of the region is called by. */
function newZone(region: Region): readonly PartChange[] | string {
  const taken = new Set(region.zones.map(({ name }) => name));
  const name = [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !taken.has(letter));
  if (name === undefined) return `${region.name} has a zone of every letter.`;
  const edits: readonly Edit[] = [{ kind: 'add-statement', block: region.source, text: `zone ${name}` }];
  return [{ title: `Declare zone ${name} of ${region.name}`, edits }];
}

function backups(component: Component, model: Model): readonly PartChange[] | string {
  if (!keepsData(component) || component.kind === 'coordinator') return `${component.name} keeps no data of its own.`;
  if (component.rebuildsFrom !== undefined)
    return `${component.name} is rebuilt from elsewhere: a backup of it would be of no use.`;
  return component.data.backups.length === 0 ? newBackupFixes(component, model) : copyFixes(component, model, 'region');
}

/** Every open finding about the part, as a risk taken for half a year. */
function acceptances(
  holder: Component | Journey | Region,
  name: string,
  model: Model,
  findings: readonly Finding[],
  asOf: string,
): ChangeGroup {
  const open = new Map(
    findings.filter(({ subject, accepted }) => subject === name && accepted === undefined).map((each) => [each.code, each]),
  );
  if (open.size === 0) return { kind: 'accept', changes: [], reason: `Nothing is found that speaks of ${name}.` };
  const changes = [...open.values()].slice(0, mostRisks).map((finding) => {
    const { title, edits } = acceptFix(finding.code, holder, model, asOf);
    return { title: `${title}: ${firstSentence(finding.message)}`, edits };
  });
  return { kind: 'accept', changes };
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}
