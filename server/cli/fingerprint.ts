import { createHash } from 'node:crypto';

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
    return createHash('sha256')
      .update(JSON.stringify([...parts, count]))
      .digest('hex')
      .slice(0, 16);
  }
}
