/** The step of a scale that a subject reaches: that of the weakest of everything it cannot do without. */

import type { Analysis } from '../../analysis/analysis.js';
import { losesData } from '../../analysis/recovery/data-loss.js';
import type { Component, Model } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import { byText } from '../report-input.js';
import type { Level } from './schemes.js';

export interface ReachedLevel {
  readonly level: number;
  /** The step after it, undefined at the top. */
  readonly next: Level | undefined;
  /** What keeps it from the next step: components by name, with the fact that falls short. */
  readonly limits: readonly { readonly component: string; readonly because: string }[];
}

interface OwnLevel {
  readonly level: number;
  readonly because: string | undefined;
}

/** One scale over one model. */
export class Scale {
  private readonly own = new Map<string, OwnLevel>();
  private readonly components: ReadonlyMap<string, Component>;
  private readonly vaults: ReadonlySet<string>;

  constructor(
    model: Model,
    private readonly analysis: Analysis,
    private readonly levels: readonly Level[],
  ) {
    this.components = componentsByName(model);
    const copies = model.components.flatMap(({ data }) => data.backups.flatMap((backup) => backup.copies));
    this.vaults = new Set(copies.map(({ bucket }) => bucket.name));
  }

  /** The step that a journey or component reaches; undefined where no data of its own is behind it, since the scales speak of data. */
  of(subject: string): ReachedLevel | undefined {
    const names = new Set(this.analysis.hardClosure(subject));
    if (this.components.has(subject)) names.add(subject);
    const behind = [...names].sort(byText).flatMap((name) => this.components.get(name) ?? []);
    // What holds the backups of others is a copy itself.
    if (!behind.some((each) => losesData(each) && !this.vaults.has(each.name))) return undefined;
    const reached = behind.map((component) => ({ component: component.name, ...this.ownLevel(component) }));
    const level = Math.min(...reached.map((each) => each.level));
    return {
      level,
      next: this.levels.find((each) => each.level === level + 1),
      limits: reached.flatMap(({ component, level: each, because }) =>
        each === level && because !== undefined ? [{ component, because }] : [],
      ),
    };
  }

  private ownLevel(component: Component): OwnLevel {
    const known = this.own.get(component.name);
    if (known !== undefined) return known;
    const found = this.judge(component);
    this.own.set(component.name, found);
    return found;
  }

  private judge(component: Component): OwnLevel {
    let level = 0;
    for (const step of this.levels) {
      for (const shortfall of step.shortfalls) {
        const because = shortfall(component);
        if (because !== undefined) return { level, because };
      }
      level = step.level;
    }
    return { level, because: undefined };
  }
}
