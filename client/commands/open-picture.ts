import { commands, type Disposable, ViewColumn } from 'vscode';
import type { PreviewPanel } from '../preview/preview-panel.js';
import { openPicture } from './open-preview.js';

/** `drml.openPicture`: shows the picture of the active .drml file in its own column. */
export function registerOpenPicture(preview: PreviewPanel): Disposable {
  return commands.registerCommand('drml.openPicture', (argument?: unknown) => openPicture(preview, argument, ViewColumn.Active));
}
