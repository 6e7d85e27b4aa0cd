import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

/** Packages whose licence asks that its source be offered: said beside their name. */
const sourceOffers = {
  elkjs:
    'The source code is available from https://github.com/kieler/elkjs and is used unmodified, under the Eclipse Public License 2.0.',
};

/**
 * Finds the npm packages whose code stands in the bundles.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {readonly string[]} paths such as `node_modules/langium`, sorted
 */
export function bundledPackages(metafiles) {
  const packages = new Set();
  for (const metafile of metafiles) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
        if (found !== null && bytesInOutput > 0) packages.add(found[0]);
      }
    }
  }
  return [...packages].sort();
}

function licenceText(folder) {
  const file = readdirSync(folder)
    .sort()
    .find((name) => /^(licen[cs]e|copying)([.-]|$)/i.test(name));
  return file === undefined ? null : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}

/**
 * Writes the notices that go out with the extension.
 * @param {readonly string[]} packages as {@link bundledPackages} returns them
 * @returns {Promise<string>} the text; throws when a package names no licence
 */
export async function thirdPartyNotices(packages) {
  const sections = packages.map((path) => {
    const folder = join(root, path);
    const { name, version, license, author, homepage, repository } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    if (typeof license !== 'string') throw new Error(`${path} names no licence in its package.json`);
    const by = typeof author === 'string' ? author : author?.name;
    const from =
      homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? `https://www.npmjs.com/package/${name}`;
    // Some packages of a monorepo ship without the text; then the copyright line and the name of the licence must do.
    const text = licenceText(folder) ?? `Licence: ${license}${by === undefined ? '' : `\nCopyright (c) ${by}`}`;
    return [`${name} ${version} (${license})`, from, ...(name in sourceOffers ? [sourceOffers[name]] : []), '', text].join('\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const head =
    'The DRML extension contains code of the following packages. The build writes this list from what the bundles hold.';
  return `${[head, ...sections].join(rule)}\n`;
}
