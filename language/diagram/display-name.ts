/** What something is called in the picture: its title, or else its name. */
export function displayName(named: { readonly name: string; readonly title?: string }): string {
  return named.title === undefined || named.title.trim() === '' ? named.name : named.title;
}
