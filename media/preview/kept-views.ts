/** How each file is looked at (zoom, view, open boxes, switches), and which file the view stands on: over reloads, and from file to file. */

/** So many files are remembered by one view. */
const mostFiles = 20;

/** What {@link import('./vscode-host.js').Host.keep} is given. */
export interface KeptState {
  readonly file: string | undefined;
  readonly pinned: boolean;
  readonly views: Readonly<Record<string, unknown>>;
}

/** The memory of one view. */
export class KeptViews {
  #file: string | undefined;
  #pinned: boolean;
  readonly #views: Map<string, unknown>;
  /** Whether the view has stood on its file in this life of it. */
  #stands = false;

  /** `recalled` is what an earlier life of the view kept, whatever wrote it. */
  constructor(recalled: unknown) {
    const kept = typeof recalled === 'object' && recalled !== null ? recalled : {};
    this.#file = 'file' in kept && typeof kept.file === 'string' ? kept.file : undefined;
    this.#pinned = 'pinned' in kept && kept.pinned === true;
    const views = 'views' in kept && typeof kept.views === 'object' && kept.views !== null ? kept.views : undefined;
    // What was kept before files were told apart is of the file that comes first.
    this.#views = new Map(views === undefined ? [['', recalled]] : Object.entries(views));
  }

  get file(): string | undefined {
    return this.#file;
  }

  get isPinned(): boolean {
    return this.#pinned;
  }

  /** How the file on show is looked at; undefined where nobody has looked at it yet. */
  get current(): unknown {
    return this.#views.get(this.#file ?? '');
  }

  pin(pinned: boolean): void {
    this.#pinned = pinned;
  }

  /**
   * The view turns to a file; answers how it is to be looked at, where that is another way than now. `elsewhere` is what others know of it:
   * an editor that was closed in a hurry may have forgotten the last movements that this view told them.
   */
  turnTo(file: string, elsewhere: unknown): { readonly state: unknown } | undefined {
    const first = !this.#stands;
    this.#stands = true;
    if (file === this.#file) {
      if (!first || movesOf(elsewhere) <= movesOf(this.current)) return undefined;
      this.#views.set(file, elsewhere);
      return { state: elsewhere };
    }
    const unnamed = this.#file === undefined ? this.#views.get('') : undefined;
    this.#file = file;
    this.#views.delete('');
    if (!this.#views.has(file) || movesOf(elsewhere) > movesOf(this.current)) this.#views.set(file, unnamed ?? elsewhere);
    return { state: this.current };
  }

  /** Remembers how the file on show is looked at now, and counts the movements: the newest has the most. */
  keep(state: object): KeptState {
    const file = this.#file ?? '';
    const moves = movesOf(this.current) + 1;
    this.#views.delete(file);
    this.#views.set(file, { ...state, moves });
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= mostFiles) break;
      this.#views.delete(oldest);
    }
    return { file: this.#file, pinned: this.#pinned, views: Object.fromEntries(this.#views) };
  }
}

function movesOf(state: unknown): number {
  return typeof state === 'object' && state !== null && 'moves' in state && typeof state.moves === 'number' ? state.moves : 0;
}
