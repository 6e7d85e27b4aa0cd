import type { StarterChoices } from './starter.js';

/** A region of three zones with usual figures: a region fails once in three years, a zone once a year. */
export function threeZones(region: string, { provider }: StarterChoices): string {
  return `region ${region} {
  provider ${provider}
  mtbf 3y  mttr 4h
  zone a { mtbf 1y  mttr 1h }
  zone b { mtbf 1y  mttr 1h }
  zone c { mtbf 1y  mttr 1h }
}
`;
}

/** The name of a region at a place in the choices. */
export function regionAt({ regions }: StarterChoices, index: number): string {
  const region = regions[index];
  if (region === undefined) throw new Error(`the pattern needs a region ${index + 1}`);
  return region;
}

/** The first line of a model, with the namespace of its manifests. */
export function modelLine({ name }: StarterChoices): string {
  return `model ${name} {
  mesh istio
  kubernetes "1.33"
  namespace ${name}
}
`;
}

/** The image of a part of the model: a place to put the real one. */
export function image({ name }: StarterChoices, part: string): string {
  return `image "registry.example.com/${name}/${part}:1.0.0"`;
}
