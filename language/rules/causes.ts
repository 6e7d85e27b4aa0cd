/** The names of causes, shared by all rules, so that a specific rule can replace a general one on the same cause. */

/** The cause that a component fails, one instance of it or whole. */
export function componentCause(name: string): string {
  return `component:${name}`;
}

/** The cause that what stands of one component in a site is lost with it: `cn-north.a`, `building BJ-1`, `cn-north`. */
export function placeCause(component: string, site: string): string {
  return `place:${component}@${site}`;
}

/** The cause that a component has no instance to spare, so that every loss is one too many. */
export function spareCause(component: string): string {
  return `spare:${component}`;
}

/** The cause that a zone or a region fails. */
export function siteCause(path: string): string {
  return `site:${path}`;
}

/** The cause that nobody answers for the failover of a component. */
export function ownerCause(component: string): string {
  return `owner:${component}`;
}

/** The cause that everything lies under one provider or account, whose loss nobody promises to withstand. */
export function soleCause(kind: 'provider' | 'account', name: string): string {
  return `sole-${kind}:${name}`;
}
