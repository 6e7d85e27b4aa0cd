/** What an interactive page of its own holds: the model, how it is laid out, and what is shown first. Plain data that survives JSON. */
import type { Analysis } from '../../analysis/analysis.js';
import type { Model } from '../../model/model.js';
import type { MessageTable } from '../../translation/translation.js';
import type { Layout } from '../layout.js';
import type { View } from '../views.js';
import type { Switches } from '../what-if/switches.js';

/** The model as a page holds it. */
export interface PageModel {
  readonly model: Model;
  /** The day that its figures are of: `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** What a page opens with. */
export interface PageStart {
  /** Layouts that took an engine; what they do not serve the page lays out by itself. */
  readonly layouts: readonly Layout[];
  readonly view: View;
  readonly panes: 'flow' | 'both' | 'placement';
  /** Folded boxes that are open. */
  readonly open?: readonly string[];
  /** What is off when the page opens. */
  readonly switches: Switches;
  /** Absent: English. The table has sentences of the page in another language. */
  readonly language?: { readonly code: string; readonly table: MessageTable };
}

export type PageData = PageModel & PageStart;

/** What a page holds of a model. Files are named as seen from the folder that holds them all, so that a page tells nothing of the machine it was made on. */
export function pageModelOf(model: Model, { asOf }: Pick<Analysis, 'asOf'>): PageModel {
  const folder = commonFolder(model.files.map(({ uri }) => uri));
  const known = new Set(model.files.map(({ uri }) => uri));
  // Places are the bulk of a model, and every place says its file.
  const text = JSON.stringify(model, (_, value: unknown) =>
    typeof value === 'string' && known.has(value) ? value.slice(folder.length) : value,
  );
  return { model: JSON.parse(text) as Model, asOf };
}

/** The longest beginning of all addresses that ends in a slash. */
function commonFolder(uris: readonly string[]): string {
  const [first = '', ...others] = uris;
  let length = first.lastIndexOf('/') + 1;
  while (length > 0 && !others.every((uri) => uri.startsWith(first.slice(0, length)))) {
    length = first.lastIndexOf('/', length - 2) + 1;
  }
  return first.slice(0, length);
}
