import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PageParts } from '../../language/diagram/export/page.js';
import { UnusableInput } from './unusable-input.js';

/**
 * The code and the style of the interactive page, which lie beside the program.
 * Throws {@link UnusableInput} where the program was copied without them.
 */
export function pageParts(): PageParts {
  // Packages are started by links to their program.
  const folder = join(dirname(realpathSync(process.argv[1] ?? '.')), 'page');
  try {
    return {
      script: readFileSync(join(folder, 'page.js'), 'utf8'),
      style: readFileSync(join(folder, 'page.css'), 'utf8'),
      hash: (text) => createHash('sha256').update(text).digest('base64'),
    };
  } catch (error) {
    throw new UnusableInput(
      `An interactive page needs the files page.js and page.css in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
