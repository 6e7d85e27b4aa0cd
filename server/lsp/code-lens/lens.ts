import type { Command, Location, Range } from 'vscode-languageserver';
import type { Use } from '../../../language/model/usage.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import type { ClientAbilities } from '../client-abilities.js';
import { locationOf } from '../positions.js';
import type { ClientCommand } from '../protocol.js';
import type { DisplayKinds } from '../settings.js';

/** What a lens is about, kept in it until the editor shows it. */
export interface LensData {
  readonly kind: DisplayKinds['codeLens'];
  /** The file of the lens. */
  readonly uri: string;
  /** The name of what it stands above. */
  readonly subject: string;
  /** The one model that it speaks of; absent: all models of the file. */
  readonly root?: string;
}

/** Everything a lens needs to say its line. */
export interface LensContext {
  readonly models: readonly AnalysedModel[];
  readonly subject: string;
  readonly uri: string;
  readonly range: Range;
  readonly client: ClientAbilities;
}

const kinds: readonly DisplayKinds['codeLens'][] = ['figures', 'references', 'sites', 'drills', 'model', 'manifests'];

export function isLensData(data: unknown): data is LensData {
  if (typeof data !== 'object' || data === null) return false;
  const { kind, uri, subject, root } = data as Partial<LensData>;
  const isKnown = kinds.some((each) => each === kind);
  return isKnown && typeof uri === 'string' && typeof subject === 'string' && (root === undefined || typeof root === 'string');
}

/** A line that runs a command where the client has it, and says its words in any case. */
export function line(client: ClientAbilities, title: string, command: ClientCommand, given: readonly unknown[] = []): Command {
  if (!client.has(command)) return { title, command: '' };
  return { title, command, ...(given.length === 0 ? {} : { arguments: [...given] }) };
}

/** A line that leads to places in the text; without places, or with a client that cannot show them, the words alone. */
export function leadingTo(context: LensContext, title: string, places: readonly Location[]): Command {
  if (places.length === 0) return { title, command: '' };
  return line(context.client, title, 'drml.showReferences', [context.uri, context.range.start, places]);
}

/** How many places a line leads to: a list that nobody reads to its end need not be sent whole. */
const mostPlaces = 500;

/** Uses in all models as places, each once. */
export function placesOf(
  models: readonly AnalysedModel[],
  usesIn: (analysed: AnalysedModel) => readonly Use[],
): readonly Location[] {
  const found = new Map<string, Location>();
  for (const analysed of models) {
    for (const { at } of usesIn(analysed)) {
      found.set(`${at.uri} ${at.start}`, locationOf(analysed.model, at));
    }
  }
  return [...found.values()].slice(0, mostPlaces);
}
