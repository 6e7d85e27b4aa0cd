/** What the user has switched off in the picture: plain data that survives JSON and edits of the text. */

/** One thing that is off. Sites are paths (`cn-north`, `cn-north.a`). */
export type Switch =
  | { readonly kind: 'site'; readonly site: string }
  | { readonly kind: 'component'; readonly component: string }
  /** So many instances of a component in one site. */
  | { readonly kind: 'replica'; readonly component: string; readonly site: string; readonly count: number }
  /** A caller cannot reach what it depends on. */
  | { readonly kind: 'dependency'; readonly from: string; readonly to: string };

export interface Switches {
  /** The name of a scenario of the model that takes place as well. */
  readonly scenario?: string;
  readonly off: readonly Switch[];
}

export const nothingOff: Switches = { off: [] };

/** Whether anything is switched off. */
export function isAnythingOff({ scenario, off }: Switches): boolean {
  return scenario !== undefined || off.length > 0;
}

/** What a switch is about, without how many: two switches of one subject never stand beside each other. */
function subjectOf(each: Switch): string {
  switch (each.kind) {
    case 'site':
      return JSON.stringify([each.kind, each.site]);
    case 'component':
      return JSON.stringify([each.kind, each.component]);
    case 'replica':
      return JSON.stringify([each.kind, each.component, each.site]);
    case 'dependency':
      return JSON.stringify([each.kind, each.from, each.to]);
  }
}

/** With one thing switched the other way. Zones and replicas of a region that goes off go with it. */
export function toggled(switches: Switches, wanted: Switch): Switches {
  const subject = subjectOf(wanted);
  const rest = switches.off.filter((each) => subjectOf(each) !== subject);
  if (rest.length < switches.off.length) return { ...switches, off: rest };
  const kept =
    wanted.kind === 'site' ? rest.filter((each) => !(each.kind === 'site' && liesBelow(each.site, wanted.site))) : rest;
  return { ...switches, off: [...kept, wanted] };
}

function liesBelow(site: string, region: string): boolean {
  return site.startsWith(`${region}.`);
}

/** What is switched, for names of files and declarations: `cn-north.a`, `checkout-in-cn-north.a`, `checkout-to-cart`. */
export function switchName(each: Switch): string {
  switch (each.kind) {
    case 'site':
      return each.site;
    case 'component':
      return each.component;
    case 'replica':
      return `${each.component}-in-${each.site}`;
    case 'dependency':
      return `${each.from}-to-${each.to}`;
  }
}

/** A switch as the header and screen readers say it: `cn-north.a`, `1 of checkout in cn-north.a`, `checkout → cart`. */
export function switchText(each: Switch): string {
  switch (each.kind) {
    case 'site':
      return each.site;
    case 'component':
      return each.component;
    case 'replica':
      return `${each.count} of ${each.component} in ${each.site}`;
    case 'dependency':
      return `${each.from} → ${each.to}`;
  }
}

/** Whether something read from a message is a {@link Switches}. */
export function isSwitches(value: unknown): value is Switches {
  if (typeof value !== 'object' || value === null || !('off' in value) || !Array.isArray(value.off)) return false;
  if ('scenario' in value && value.scenario !== undefined && typeof value.scenario !== 'string') return false;
  return value.off.every(isSwitch);
}

function isSwitch(value: unknown): value is Switch {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const has = (...keys: readonly string[]): boolean =>
    keys.every((key) => typeof (value as Readonly<Record<string, unknown>>)[key] === 'string');
  switch (value.kind) {
    case 'site':
      return has('site');
    case 'component':
      return has('component');
    case 'replica':
      return has('component', 'site') && 'count' in value && Number.isInteger(value.count) && Number(value.count) > 0;
    case 'dependency':
      return has('from', 'to');
    default:
      return false;
  }
}
