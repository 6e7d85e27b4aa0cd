/** Names the platform accepts: DNS-1123 labels, unique, short enough for every label and file name made of them. */
import { isDeviceName } from '../model/device-names.js';
import type { Model } from '../model/model.js';
import { sha256 } from './sha256.js';

/**
 * Longest name of a component. A StatefulSet's pods carry a label of its name, a dash and ten characters of revision,
 * and a label's value ends at 63.
 */
const componentLength = 52;
const labelLength = 63;

/** Names of one model's things on the platform. Each function answers for every name the model declares. */
export interface Names {
  readonly model: string;
  readonly namespace: string;
  component(name: string): string;
  /** The governing Service of a StatefulSet. */
  headless(name: string): string;
  /** Of a second object of its kind: the component's name and a word, or some digits where a component is called that. */
  beside(name: string, word: string): string;
  /** A name that is no component's: the one wished for, or that with some digits. */
  free(wanted: string): string;
  region(name: string): string;
  /** The directory of a cluster; `default` where the model names none. */
  cluster(name: string | undefined): string;
}

function isLabel(name: string, length: number): boolean {
  return name.length <= length && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) && !isDeviceName(name);
}

/** A label made of any text: the text itself where it is one, else its legal characters and six digits of its hash. */
export function dnsLabel(name: string, length: number = labelLength): string {
  if (isLabel(name, length)) return name;
  const legal = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, length - 7)
    .replace(/-+$/, '');
  return `${legal === '' ? 'x' : legal}-${sha256(name).slice(0, 6)}`;
}

/** Labels of several names, no two alike. A name that is a label keeps it, whatever the others are called. */
export function uniqueLabels(names: readonly string[], length: number = labelLength): ReadonlyMap<string, string> {
  const sorted = [...new Set(names)].sort();
  const labels = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of sorted.filter((candidate) => isLabel(candidate, length))) {
    labels.set(name, name);
    taken.add(name);
  }
  for (const name of sorted.filter((candidate) => !labels.has(candidate))) {
    let label = dnsLabel(name, length);
    for (let round = 1; taken.has(label); round += 1) label = dnsLabel(`${name} ${round}`, length);
    labels.set(name, label);
    taken.add(label);
  }
  return labels;
}

/** The names of a model, worked out once. */
export function namesOf(model: Model): Names {
  const components = uniqueLabels(
    model.components.map((component) => component.name),
    componentLength,
  );
  const regions = uniqueLabels(model.regions.map((region) => region.name));
  const clusters = uniqueLabels(
    model.regions.flatMap((region) =>
      [region.cluster, ...region.zones.map((zone) => zone.cluster)].flatMap((fact) => fact?.value ?? []),
    ),
  );
  const taken = new Set(components.values());
  const free = (wanted: string, otherwise = wanted): string =>
    taken.has(wanted) ? `${otherwise}-${sha256(wanted).slice(0, 6)}` : wanted;
  const label = (name: string): string => components.get(name) ?? dnsLabel(name, componentLength);
  const beside = (name: string, word: string): string => free(`${label(name)}-${word}`, label(name));
  return {
    model: dnsLabel(model.name),
    namespace: dnsLabel(model.settings.namespace?.value ?? model.name),
    component: label,
    headless: (name) => beside(name, 'headless'),
    beside,
    free,
    region: (name) => regions.get(name) ?? dnsLabel(name),
    cluster: (name) => (name === undefined ? 'default' : (clusters.get(name) ?? dnsLabel(name))),
  };
}
