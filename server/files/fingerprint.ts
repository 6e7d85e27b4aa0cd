import { URI, UriUtils } from 'langium';
import type { Finding } from '../../language/rules/rule.js';
import { digest } from './digest.js';

/** What a finding is about, in the words of {@link Fingerprints}: its file is named as seen from the folder of the root. */
export function partsOf({ code, at, subject, causes }: Finding, root: string): readonly string[] {
  return [code, UriUtils.relative(UriUtils.dirname(URI.parse(root)), URI.parse(at.uri)), subject, ...[...causes].sort()];
}

/**
 * Names problems so that they are known again after other lines have changed: by what they are about, never by line. Problems that
 * are alike in all of it are counted, in their order.
 */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  /** Sixteen hexadecimal digits. `parts`: rule, file, subject, causes. */
  of(parts: readonly string[]): string {
    const key = JSON.stringify(parts);
    const count = this.seen.get(key) ?? 0;
    this.seen.set(key, count + 1);
    return digest(JSON.stringify([...parts, count])).slice(0, 16);
  }
}
