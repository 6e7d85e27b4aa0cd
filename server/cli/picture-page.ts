import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PageParts, pageParts } from '../../language/diagram/export/page.js';
import { UnusableInput } from './unusable-input.js';

/**
 * The code and the style of the interactive page, which lie beside the program.
 * Throws {@link UnusableInput} where the program was copied without them.
 */
export async function installedPageParts(): Promise<PageParts> {
  // Packages are started by links to their program.
  const folder = dirname(realpathSync(process.argv[1] ?? '.'));
  try {
    return await pageParts(async (path) => readFileSync(join(folder, path), 'utf8'));
  } catch (error) {
    throw new UnusableInput(
      `An interactive page needs the folders page and preview in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
