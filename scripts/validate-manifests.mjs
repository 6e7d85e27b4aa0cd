// Builds every overlay of generated trees and validates the result strictly.
//
//   node scripts/validate-manifests.mjs [--no-kubectl] DIR...      each DIR a target of `drml generate --out DIR`
//
// The build understands what the generator emits of kustomize and nothing else: resources (files and directories), components,
// namespaces and strategic merge patches, `$patch: delete` included. The schemas stand in ../shared/tools/validate-manifests beside the repository; where
// that folder is missing the overlays are built and not validated, and the output says so. Where kubectl is installed its own
// kustomize builds every overlay too, and has to come to the same objects.
// Exit 0 valid, 1 invalid or not buildable, 2 usage.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const validator = resolve(repository, '..', 'shared', 'tools', 'validate-manifests', 'validate.mjs');

/** Keys by which a strategic merge tells list entries apart; lists under other keys are replaced. */
const mergeKeys = { containers: 'name', volumes: 'name', ports: 'containerPort', env: 'name' };

function documents(path) {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0].message}`);
    return document.toJS();
  });
}

function merge(base, patch, key) {
  if (Array.isArray(patch) && Array.isArray(base) && mergeKeys[key] !== undefined) {
    const id = mergeKeys[key];
    const rest = patch.filter((item) => !base.some((other) => other[id] === item[id]));
    return [...base.map((item) => merge(item, patch.find((other) => other[id] === item[id]) ?? {}, '')), ...rest];
  }
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result = typeof base === 'object' && base !== null && !Array.isArray(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merge(result[name], value, name);
  }
  return result;
}

function identity(object) {
  return [object.apiVersion, object.kind, object.metadata?.namespace ?? '', object.metadata?.name].join('|');
}

/** The objects of a kustomization, in the order of its resources; a component changes those of the kustomization that includes it. */
function build(directory, objects = new Map()) {
  const [kustomization] = documents(join(directory, 'kustomization.yaml'));
  for (const resource of kustomization.resources ?? []) {
    const path = join(directory, resource);
    if (!existsSync(path)) throw new Error(`${directory}: the resource ${resource} is missing`);
    for (const object of statSync(path).isDirectory() ? build(path) : documents(path)) {
      if (objects.has(identity(object))) throw new Error(`${directory}: ${identity(object)} comes twice`);
      objects.set(identity(object), object);
    }
  }
  for (const component of kustomization.components ?? []) build(join(directory, component), objects);
  for (const { path, target } of kustomization.patches ?? []) {
    for (const { $patch, ...patch } of documents(join(directory, path))) {
      const id = target === undefined ? identity(patch) : targeted(objects, target);
      const base = objects.get(id);
      if (base === undefined) throw new Error(`${directory}: ${path} patches ${id}, which no resource holds`);
      if ($patch === 'delete') objects.delete(id);
      else objects.set(id, merge(base, patch, ''));
    }
  }
  if (kustomization.namespace === undefined) return [...objects.values()];
  return [...objects.values()].map((object) => ({
    ...object,
    metadata: { ...object.metadata, namespace: kustomization.namespace },
  }));
}

/** The identity of the object that a patch names by its target. */
function targeted(objects, { kind, name }) {
  return [...objects].find(([, object]) => object.kind === kind && object.metadata?.name === name)?.[0] ?? `${kind} ${name}`;
}

/** What `kubectl kustomize` makes of an overlay that this build sees differently, empty where both agree. */
function disagreement(overlay, objects) {
  const run = spawnSync('kubectl', ['kustomize', overlay], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (run.status !== 0) return `${overlay}: kubectl kustomize failed: ${run.stderr}`;
  const theirs = new Map(parseAllDocuments(run.stdout).map((document) => [identity(document.toJS()), document.toJS()]));
  for (const object of objects) {
    const other = theirs.get(identity(object));
    if (!isDeepStrictEqual(other, object)) return `${overlay}: kubectl builds ${identity(object)} differently`;
    theirs.delete(identity(object));
  }
  return theirs.size === 0 ? '' : `${overlay}: kubectl builds ${[...theirs.keys()].join(', ')} too`;
}

/** The generated text itself, where a file is whole without patches: building parses it, and would hide a string that lacks its quotes. */
function wholeFiles(directory) {
  return ['base', 'platform', 'observability', 'drills']
    .filter((part) => existsSync(join(directory, part)))
    .flatMap((part) =>
      readdirSync(join(directory, part), { recursive: true })
        .filter((name) => name.endsWith('.yaml') && !/(kustomization|own-manifest-patch)\.yaml$/.test(name))
        .map((name) => join(directory, part, name)),
    );
}

/** Kustomizations that are applied by themselves: no overlay refers to them. */
function apart(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((name) => /^(platform[\\/].+[\\/]velero|observability[\\/].+|drills[\\/].+)[\\/]kustomization\.yaml$/.test(name))
    .sort()
    .map((name) => dirname(join(directory, name)));
}

/** Files nobody refers to would be applied by nobody. */
function unreferenced(directory) {
  const used = new Set();
  const visit = (folder) => {
    const file = join(folder, 'kustomization.yaml');
    if (!existsSync(file) || used.has(file)) return;
    used.add(file);
    const [kustomization] = documents(file);
    const patches = (kustomization.patches ?? []).map((patch) => patch.path);
    for (const path of [...(kustomization.resources ?? []), ...(kustomization.components ?? []), ...patches]) {
      const target = join(folder, path);
      if (existsSync(target) && statSync(target).isDirectory()) visit(target);
      else used.add(target);
    }
  };
  for (const folder of [...overlaysOf(directory), ...apart(directory)]) visit(folder);
  visit(join(directory, 'base'));
  return readdirSync(directory, { recursive: true })
    .map((name) => join(directory, name))
    .filter(
      (path) =>
        path.endsWith('.yaml') &&
        /^(base|overlays|platform|observability|drills)[\\/]/.test(relative(directory, path)) &&
        !used.has(path),
    );
}

function overlaysOf(directory) {
  const root = join(directory, 'overlays');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .flatMap((region) => readdirSync(join(root, region)).map((cluster) => join(root, region, cluster)));
}

function main(args) {
  const directories = args.filter((argument) => argument !== '--no-kubectl');
  const kubectl = directories.length === args.length && spawnSync('kubectl', ['version', '--client']).status === 0;
  if (directories.length === 0) {
    console.error('usage: node scripts/validate-manifests.mjs [--no-kubectl] DIR...');
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'drml-manifests-'));
  let failed = false;
  try {
    let count = 0;
    const whole = [];
    for (const directory of directories) {
      const overlays = overlaysOf(directory);
      if (overlays.length === 0) {
        console.error(`${directory}: no overlays`);
        failed = true;
        continue;
      }
      whole.push(...wholeFiles(directory));
      for (const path of unreferenced(directory)) {
        console.error(`${path}: no kustomization refers to it`);
        failed = true;
      }
      for (const overlay of [...overlays, ...apart(directory)]) {
        try {
          const objects = build(overlay);
          writeFileSync(
            join(scratch, `${count}.yaml`),
            objects.map((object) => stringify(object, { compat: 'yaml-1.1' })).join('---\n'),
          );
          count += 1;
          const different = kubectl ? disagreement(overlay, objects) : '';
          console.log(`${overlay}: ${objects.length} objects${kubectl && different === '' ? ', as kubectl builds them' : ''}`);
          if (different !== '') {
            console.error(different);
            failed = true;
          }
        } catch (error) {
          console.error(error instanceof Error ? error.message : String(error));
          failed = true;
        }
      }
    }
    if (!existsSync(validator)) {
      console.log('The strict validator is not beside the repository: overlays were built, not validated.');
    } else if (count > 0) {
      const run = spawnSync(process.execPath, [validator, '--modules', join(repository, 'node_modules'), scratch, ...whole], {
        stdio: 'inherit',
      });
      failed ||= run.status !== 0;
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return failed ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
