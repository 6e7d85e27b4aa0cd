/** The names of causes, shared by all rules, so that a specific rule can replace a general one on the same cause. */

/** The cause that a component fails, one instance of it or whole. */
export function componentCause(name: string): string {
  return `component:${name}`;
}

/** The cause that a zone or a region fails. */
export function siteCause(path: string): string {
  return `site:${path}`;
}
