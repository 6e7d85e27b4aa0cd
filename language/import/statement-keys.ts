/** What a statement is about, so that the same fact of a model and of manifests can be laid beside each other. */
import type { Place } from '../manifests/yaml-tree.js';
import type { ImportedComponent } from './imported.js';

/** `image`, `port 8080`, `probe readiness`, `runs cn-north`, `calls payments`. */
export type FactKey = string;

/** The key of a statement's text. */
export function keyOf(text: string): FactKey {
  const [word = '', second = ''] = text.split(' ');
  switch (word) {
    case 'port':
      return `port ${/\d+/.exec(text)?.[0] ?? ''}`;
    case 'probe':
      return `probe ${second}`;
    case 'runs':
      return `runs ${/ in ([^\s]+)/.exec(text)?.[1] ?? ''}`;
    default:
      return word;
  }
}

/** Where the manifests say the facts of a component, by key; its own place under the empty key. */
export function placesOf(component: ImportedComponent): ReadonlyMap<FactKey, Place> {
  const places = new Map<FactKey, Place>();
  if (component.at !== undefined) places.set('', component.at);
  for (const { text, at } of component.statements) if (at !== undefined) places.set(keyOf(text), at);
  for (const { target, at } of component.edges) if (at !== undefined) places.set(`calls ${target}`, at);
  return places;
}
