import { plainText, shortened } from './plain-text.js';

/** Nobody reads more of a title, and every part that names it would carry it once more. */
const longestTitle = 200;

/** What something is called in the picture: its title, or its name where nothing of the title is seen. */
export function displayName({ title = '', name }: { readonly name: string; readonly title?: string }): string {
  const shown = plainText(title).trim();
  return shown === '' ? name : shortened(shown, longestTitle);
}
