/** Hosts as manifests write them. */
import { type Fact, sourceOf } from '../../model/fact.js';
import { traced, type Yaml } from '../yaml.js';

/** Whether it is an address and no name: neither certificates nor routes know those. */
export function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host);
}

/** The host in small letters, as the platforms ask for it; to users and their names it makes no difference. */
export function hostName(host: Fact<string>): Yaml {
  return traced(host.value.toLowerCase(), sourceOf(host));
}
