/** What a page of its own takes from the view: it brings the script of the view along, and has none of this a second time. */
export { element, iconButton } from './elements.js';
export { exportMenu } from './export-menu.js';
export { KeysHelp } from './keys-help.js';
export { keepLocalized } from './localized.js';
export { MatrixPanel } from './matrix-panel.js';
export { listenToPictureKeys } from './picture-keys.js';
export { Stage } from './stage.js';
export { say, statusLine } from './status-line.js';
export { toolBar } from './tool-bar.js';
export { WhatIfControl } from './what-if.js';
