/** Journeys and components in the order of a report: what matters most first, then by name, whatever the order of declaration. */
import type { Component, Journey, Model, Objective } from '../model/model.js';
import { effectiveTiers } from '../rules/tier.js';
import { code, strong, type Text } from './document.js';
import { byText } from './report-input.js';

export interface Subject {
  readonly name: string;
  readonly title: string | undefined;
  readonly kind: string;
  readonly tier: number | undefined;
  readonly owner: string | undefined;
  readonly objective: Objective | undefined;
}

/** Journeys, lowest tier first. */
export function journeysOf(model: Model): readonly Subject[] {
  return ordered(model, model.journeys, () => 'journey');
}

/** Components, lowest tier first. */
export function componentsOf(model: Model): readonly Subject[] {
  return ordered(model, model.components, ({ kind }) => kind);
}

/** Journeys, then components. */
export function subjectsOf(model: Model): readonly Subject[] {
  return [...journeysOf(model), ...componentsOf(model)];
}

/** A subject as the head of a row: its title and its name, or its name alone. */
export function subjectText({ name, title }: Pick<Subject, 'name' | 'title'>): Text {
  return title === undefined || title === '' ? code(name) : [strong(title), ' ', code(name)];
}

/** A subject within a sentence: `Place an order`. */
export function spokenSubject({ name, title }: Pick<Subject, 'name' | 'title'>): string {
  return title === undefined || title === '' ? name : title;
}

function ordered<T extends Component | Journey>(model: Model, all: readonly T[], kindOf: (one: T) => string): readonly Subject[] {
  const tiers = effectiveTiers(model);
  return all
    .map((one) => ({
      name: one.name,
      title: one.title,
      kind: kindOf(one),
      tier: tiers.get(one.name),
      owner: (one.owner ?? model.settings.owner)?.value,
      objective: one.objective,
    }))
    .sort((a, b) => (a.tier ?? 9) - (b.tier ?? 9) || byText(a.name, b.name));
}
