import { commands, Disposable, Location, Position, Range, Selection, Uri, window, workspace } from 'vscode';
import type { ClientCommand } from '../server/lsp/protocol.js';

/** A line and a character as the protocol says them. */
interface Place {
  readonly line: number;
  readonly character: number;
}

interface PlaceInFile {
  readonly uri: string;
  readonly range: { readonly start: Place; readonly end: Place };
}

/** Commands that the server puts behind its lines and refactorings; they are not in the palette. */
export function registerServerCommands(): Disposable {
  const register = (name: ClientCommand, run: (...given: never[]) => Promise<void>): Disposable =>
    commands.registerCommand(name, run);
  return Disposable.from(register('drml.showReferences', showReferences), register('drml.renameAfterEdit', renameAfterEdit));
}

/** Shows places in the text, as "find references" does. */
async function showReferences(uri: string, at: Place, places: readonly PlaceInFile[]): Promise<void> {
  const locations = places.map(
    (place) => new Location(Uri.parse(place.uri), new Range(positionOf(place.range.start), positionOf(place.range.end))),
  );
  await commands.executeCommand('editor.action.showReferences', Uri.parse(uri), positionOf(at), locations);
}

/** Lets the author choose a name that a refactoring has made up. */
async function renameAfterEdit(uri: string, at: Place): Promise<void> {
  const editor = await window.showTextDocument(await workspace.openTextDocument(Uri.parse(uri)));
  editor.selection = new Selection(positionOf(at), positionOf(at));
  editor.revealRange(new Range(positionOf(at), positionOf(at)));
  await commands.executeCommand('editor.action.rename');
}

function positionOf({ line, character }: Place): Position {
  return new Position(line, character);
}
