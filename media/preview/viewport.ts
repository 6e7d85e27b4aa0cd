/** The pane that holds the picture: wheel, drag, keys and buttons move it. */
import { fitted, moved, type PanePoint, type Size, type ViewState, zoomed } from './view-state.js';

/** A press that moves less than this is a click. In pixels. */
const dragThreshold = 4;
/** What lies over the lower end of the pane in a what-if hides nothing of a picture that fits: so much stays free. In pixels. */
const freeBelow = 66;
const keyStep = 60;
const keyZoom = 1.2;

/** Below these zooms what is inside the nodes is too small to read: then they show less, and that larger. */
const middleBelow = 0.55;
const farBelow = 0.28;

/** How much a node shows; the style sheet hides the rest. */
function distanceOf(scale: number): 'near' | 'middle' | 'far' {
  if (scale >= middleBelow) return 'near';
  return scale >= farBelow ? 'middle' : 'far';
}

/** Moves a canvas inside a pane. The picture itself is put into {@link Viewport.canvas} by others. */
export class Viewport {
  readonly pane: HTMLElement;
  readonly canvas: HTMLElement;
  #view: ViewState = { x: 0, y: 0, scale: 1, fitted: true };
  #picture: Size = { width: 1, height: 1 };
  #dragged = false;
  readonly #changed: (view: ViewState) => void;
  readonly #watchers: (() => void)[] = [];

  /** `changed` hears of every movement that the user made; `name` is what screen readers call the pane. */
  constructor(start: ViewState | undefined, changed: (view: ViewState) => void, name = 'Picture') {
    this.#changed = changed;
    if (start !== undefined) this.#view = start;
    this.pane = document.createElement('section');
    this.pane.className = 'pane';
    this.pane.tabIndex = 0;
    this.pane.setAttribute(
      'aria-label',
      `${name}. Arrows move, plus and minus zoom, slash finds; the question mark lists all keys.`,
    );
    this.canvas = document.createElement('div');
    this.canvas.className = 'canvas';
    this.pane.append(this.canvas);
    this.#listen();
  }

  get view(): ViewState {
    return this.#view;
  }

  /** The size of the picture at 1:1. */
  get pictureSize(): Size {
    return this.#picture;
  }

  /** Calls back after every movement, whoever made it. */
  watch(moved: () => void): void {
    this.#watchers.push(moved);
  }

  /** Brings a point of the picture to the middle of the pane. */
  centre(point: PanePoint): void {
    const { width, height } = this.#paneSize();
    const { x, y, scale } = this.#view;
    this.#move(width / 2 - (x + point.x * scale), height / 2 - (y + point.y * scale));
  }

  /** A press on the picture just moved it, so it is no click. */
  get wasDragged(): boolean {
    return this.#dragged;
  }

  /**
   * A picture of another size came. While nobody has moved it, it is fitted again; else `shift` says how far the point
   * that should stay in place went, in the picture's pixels.
   */
  resize(picture: Size, shift: PanePoint): void {
    this.#picture = picture;
    if (this.#view.fitted) this.#view = this.#fitted(picture);
    else {
      const { x, y, scale } = this.#view;
      this.#view = moved(this.#view, 0, 0, picture, this.#paneSize());
      if (shift.x !== 0 || shift.y !== 0) this.#view = { x: x - shift.x * scale, y: y - shift.y * scale, scale, fitted: false };
    }
    this.#apply();
  }

  /** Another picture, and how it was looked at; undefined: it fits the pane. */
  restore(view: ViewState | undefined): void {
    this.#view = view ?? { x: 0, y: 0, scale: 1, fitted: true };
    this.#apply();
  }

  /** Shows the whole picture. */
  fit(): void {
    this.#set(this.#fitted(this.#picture));
  }

  /** Zooms around the middle of the pane. */
  zoom(factor: number): void {
    const { width, height } = this.#paneSize();
    this.#set(zoomed(this.#view, factor, { x: width / 2, y: height / 2 }));
  }

  /** Shows the picture at full size. */
  fullSize(): void {
    this.zoom(1 / this.#view.scale);
  }

  /** Moves a part of the picture into sight, as focus by keyboard needs it. */
  show(rectangle: DOMRect): void {
    const pane = this.pane.getBoundingClientRect();
    const dx = Math.max(0, pane.left + 8 - rectangle.left) - Math.max(0, rectangle.right - pane.right + 8);
    const dy = Math.max(0, pane.top + 8 - rectangle.top) - Math.max(0, rectangle.bottom - pane.bottom + 8);
    if (dx !== 0 || dy !== 0) this.#move(dx, dy);
  }

  #fitted(picture: Size): ViewState {
    const { width, height } = this.#paneSize();
    return fitted(picture, { width, height: Math.max(height - freeBelow, height / 2) });
  }

  #paneSize(): Size {
    return { width: this.pane.clientWidth || 1, height: this.pane.clientHeight || 1 };
  }

  #move(dx: number, dy: number): void {
    this.#set(moved(this.#view, dx, dy, this.#picture, this.#paneSize()));
  }

  #set(view: ViewState): void {
    this.#view = view;
    this.#apply();
    this.#changed(view);
  }

  #apply(): void {
    const { x, y, scale } = this.#view;
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    const distance = distanceOf(scale);
    if (this.canvas.dataset.distance !== distance) this.canvas.dataset.distance = distance;
    for (const watcher of this.#watchers) watcher();
  }

  #listen(): void {
    this.pane.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 20;
        if (event.shiftKey) {
          this.#move(-(event.deltaX || event.deltaY) * lines, 0);
          return;
        }
        const bounds = this.pane.getBoundingClientRect();
        const point = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
        const speed = event.ctrlKey ? 0.01 : 0.002;
        const factor = Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * speed);
        this.#set(zoomed(this.#view, factor, point));
      },
      { passive: false },
    );
    this.#listenToDrags();
    this.pane.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => {
      if (!this.#view.fitted) return;
      this.#view = this.#fitted(this.#picture);
      this.#apply();
    }).observe(this.pane);
  }

  #listenToDrags(): void {
    let from: { readonly pointer: number; x: number; y: number } | undefined;
    this.pane.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.#dragged = false;
      from = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
    });
    this.pane.addEventListener('pointermove', (event) => {
      if (from === undefined || event.pointerId !== from.pointer) return;
      const dx = event.clientX - from.x;
      const dy = event.clientY - from.y;
      if (!this.#dragged && Math.hypot(dx, dy) < dragThreshold) return;
      if (!this.#dragged) this.pane.setPointerCapture(event.pointerId);
      this.#dragged = true;
      this.pane.classList.add('dragging');
      from = { pointer: from.pointer, x: event.clientX, y: event.clientY };
      this.#move(dx, dy);
    });
    const end = (): void => {
      from = undefined;
      this.pane.classList.remove('dragging');
    };
    this.pane.addEventListener('pointerup', end);
    this.pane.addEventListener('pointercancel', end);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: { readonly [key: string]: () => void } = {
      '+': () => this.zoom(keyZoom),
      '=': () => this.zoom(keyZoom),
      '-': () => this.zoom(1 / keyZoom),
      '0': () => this.fit(),
      '1': () => this.fullSize(),
      ArrowLeft: () => this.#move(keyStep, 0),
      ArrowRight: () => this.#move(-keyStep, 0),
      ArrowUp: () => this.#move(0, keyStep),
      ArrowDown: () => this.#move(0, -keyStep),
    };
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}
