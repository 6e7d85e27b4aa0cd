/** Models to start from: a pattern, a name and regions give the text of a model without errors. */
import { activeActive } from './active-active.js';
import { activePassive } from './active-passive.js';
import { multiActive } from './multi-active.js';
import { singleRegion } from './single-region.js';
import type { StarterChoices, StarterPattern } from './starter.js';
import { twoCitiesThreeCentres } from './two-cities-three-centres.js';

/** All patterns, the simplest first. */
export const starterPatterns: readonly StarterPattern[] = [
  singleRegion,
  activePassive,
  activeActive,
  multiActive,
  twoCitiesThreeCentres,
];

/** Providers that are offered, with regions of theirs that lie far enough apart. */
export const starterProviders: readonly { readonly id: string; readonly title: string; readonly regions: readonly string[] }[] = [
  { id: 'aws', title: 'Amazon Web Services', regions: ['eu-west-1', 'eu-central-1', 'eu-north-1'] },
  { id: 'azure', title: 'Microsoft Azure', regions: ['westeurope', 'northeurope', 'francecentral'] },
  { id: 'gcp', title: 'Google Cloud', regions: ['europe-west1', 'europe-west4', 'europe-north1'] },
  { id: 'aliyun', title: 'Alibaba Cloud', regions: ['cn-beijing', 'cn-shanghai', 'cn-shenzhen'] },
  { id: 'tencent', title: 'Tencent Cloud', regions: ['ap-beijing', 'ap-shanghai', 'ap-guangzhou'] },
  { id: 'own', title: 'Own data centres', regions: ['north', 'south', 'west'] },
];

/** Names that the patterns declare themselves: a region of the same name would be a second declaration. */
const takenNames: ReadonlySet<string> = new Set([
  'edge',
  'api',
  'store',
  'sessions',
  'vault',
  'archive',
  'use',
  'takeover',
  'everywhere',
]);

/** The longest name, in characters: longer ones fit into Kubernetes, and into no line of a model. */
const longestName = 32;

/** Why a name cannot be used, in one sentence, or undefined. Names are kebab-case, so that they are good in DNS and in Kubernetes too. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'Expected a name, such as web-shop.';
  if (name.length > longestName) return `Expected at most ${longestName} characters, found ${name.length}.`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return 'Expected lower-case letters, digits and single hyphens, with a letter first, such as web-shop.';
  }
  return undefined;
}

/** Why these regions cannot be used for a pattern, in one sentence, or undefined. */
export function regionsProblem(pattern: StarterPattern, regions: readonly string[]): string | undefined {
  if (regions.length !== pattern.regions) return `Expected ${pattern.regions} regions, found ${regions.length}.`;
  for (const [index, region] of regions.entries()) {
    const problem = nameProblem(region);
    if (problem !== undefined) return problem;
    if (takenNames.has(region)) return `The name ${region} is taken by a component of the pattern. Choose another one.`;
    if (regions.indexOf(region) !== index) return `The region ${region} is named twice.`;
  }
  return undefined;
}

/** Why no model can be written from these choices, in one sentence, or undefined. */
export function starterProblem(pattern: StarterPattern, { name, regions, provider }: StarterChoices): string | undefined {
  return nameProblem(name) ?? regionsProblem(pattern, regions) ?? nameProblem(provider);
}

/** The regions that are offered for a pattern and a provider. */
export function usualRegions(pattern: StarterPattern, provider: string): readonly string[] {
  const known = starterProviders.find(({ id }) => id === provider);
  return (known?.regions ?? ['north', 'south', 'west']).slice(0, pattern.regions);
}
