/**
 * Every manifest that DRML writes for the examples has fields of its kind alone, of the right types, and all that are required; and its
 * own rules find nothing in it but what the model leaves open.
 */
import { expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { checkManifests } from '../../../language/manifests/check-manifests.js';
import { checkFields } from '../../../language/manifests/fields/check-fields.js';
import { shapeOfKind } from '../../../language/manifests/fields/fields.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';
import { exampleModels } from '../../example-models.js';
import { parseFiles } from '../model-of.js';

it.each(exampleModels)('$name', async ({ files }) => {
  const tree = generateManifests((await parseFiles(files)).model, noOwnFiles);
  const written = tree.files.filter(({ path }) => path.endsWith('.yaml')).map(({ path, content }) => ({ path, text: content }));
  const { manifests, problems, isComplete } = readManifests(written);
  expect(problems).toEqual([]);
  expect(isComplete).toBe(true);
  expect(manifests.length).toBeGreaterThan(0);
  const wrong = manifests.flatMap((manifest) => {
    const { path, apiVersion, kind } = manifest;
    if (shapeOfKind(apiVersion, kind) === undefined) return [`${path}: ${apiVersion} ${kind} is not in the table`];
    const found = checkFields(manifest, /(^|\/)patches\//.test(path));
    return [
      ...found.unknown.map(({ path: field, entry }) => `${path}:${entry.at.line}: ${[...field, entry.key].join('.')} is unknown`),
      ...found.problems.map(({ message, at }) => `${path}:${at.line}: ${message}`),
    ];
  });
  expect(wrong).toEqual([]);
  // A probe, requests and an image that the model does not state are not invented.
  const open = new Set(['DR071', 'DR075', 'DR088']);
  const { findings } = checkManifests(written, { manifests, problems, isComplete, unread: [], others: [] });
  expect(findings.filter(({ code }) => !open.has(code)).map(({ at, code, message }) => `${at.uri} ${code} ${message}`)).toEqual(
    [],
  );
});
