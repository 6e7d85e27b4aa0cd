/** Zoom and pan as numbers. A point `p` of the picture stands at `p * scale + (x, y)` of the pane. */

export interface ViewState {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Nobody has moved the picture yet: it keeps fitting the pane. */
  readonly fitted: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PanePoint {
  readonly x: number;
  readonly y: number;
}

const smallest = 0.05;
const largest = 4;

/** The whole picture in the pane, never enlarged, in the middle of its width and at its upper side. */
export function fitted(picture: Size, pane: Size): ViewState {
  const scale = Math.max(smallest, Math.min(1, pane.width / picture.width, pane.height / picture.height));
  const x = Math.max(0, (pane.width - picture.width * scale) / 2);
  return { x, y: 0, scale, fitted: true };
}

/** Zoomed by a factor, within limits; what stands at `point` of the pane stays there. */
export function zoomed(view: ViewState, factor: number, point: PanePoint): ViewState {
  const scale = Math.min(largest, Math.max(smallest, view.scale * factor));
  const share = scale / view.scale;
  return { x: point.x - (point.x - view.x) * share, y: point.y - (point.y - view.y) * share, scale, fitted: false };
}

/** Moved by so many pixels of the pane. At least a corner of the picture stays visible. */
export function moved(view: ViewState, dx: number, dy: number, picture: Size, pane: Size): ViewState {
  const visible = 48;
  const x = Math.min(pane.width - visible, Math.max(visible - picture.width * view.scale, view.x + dx));
  const y = Math.min(pane.height - visible, Math.max(visible - picture.height * view.scale, view.y + dy));
  return { x, y, scale: view.scale, fitted: false };
}

/** What was kept of an earlier life of the view, or undefined where it is no view. */
export function parseView(kept: unknown): ViewState | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  if (!('x' in kept && 'y' in kept && 'scale' in kept && 'fitted' in kept)) return undefined;
  const { x, y, scale, fitted: isFitted } = kept;
  if (typeof x !== 'number' || typeof y !== 'number' || typeof scale !== 'number' || typeof isFitted !== 'boolean')
    return undefined;
  if (!Number.isFinite(x) || !Number.isFinite(y) || !(scale >= smallest && scale <= largest)) return undefined;
  return { x, y, scale, fitted: isFitted };
}
