/** Holds an object against the fields of its kind: whatever the kind does not have, or has otherwise. */
import { type FieldPath, spokenPath, wrongType } from '../field-reader.js';
import type { Manifest } from '../read-manifests.js';
import { type ManifestProblem, spokenNode, type YamlEntry, type YamlMap, type YamlNode } from '../yaml-tree.js';
import { type FieldType, type Shape, shapeOfKind } from './fields.js';

/** A field that the kind does not have at this place. */
export interface UnknownField {
  readonly manifest: Manifest;
  /** The map it stands in, with the path of that map. */
  readonly parent: YamlMap;
  readonly path: FieldPath;
  readonly entry: YamlEntry;
  /** What the map may hold. */
  readonly shape: Shape;
}

export interface FieldCheck {
  readonly unknown: readonly UnknownField[];
  /** Values of wrong types, values that are none of the allowed ones, required fields that are missing. */
  readonly problems: readonly ManifestProblem[];
}

/** `isPart`: the manifest is a patch, which need not say what is required. A kind that the table does not have is not judged. */
export function checkFields(manifest: Manifest, isPart: boolean): FieldCheck {
  const unknown: UnknownField[] = [];
  const problems: ManifestProblem[] = [];
  const shape = shapeOfKind(manifest.apiVersion, manifest.kind);
  if (shape === undefined) return { unknown, problems };
  const path: (string | number)[] = [];

  const visit = (node: YamlNode, type: FieldType): void => {
    if (node.kind === 'nothing' || node.kind === 'template') return;
    switch (type.kind) {
      case 'anything':
        return;
      case 'text':
        if (node.kind !== 'text') problems.push(wrongType(node, 'a text', path));
        return;
      case 'number':
        if (node.kind !== 'number') problems.push(wrongType(node, 'a number', path));
        return;
      case 'flag':
        if (node.kind !== 'flag') problems.push(wrongType(node, 'true or false', path));
        return;
      case 'text-or-number':
        if (node.kind !== 'text' && node.kind !== 'number') problems.push(wrongType(node, 'a number or a text', path));
        return;
      case 'choice':
        choice(node, type.values);
        return;
      case 'list':
        if (node.kind !== 'list') problems.push(wrongType(node, 'a list', path));
        else
          node.items.forEach((item, index) => {
            within(index, () => visit(item, type.of));
          });
        return;
      case 'map':
        if (node.kind !== 'map') problems.push(wrongType(node, 'a map', path));
        else for (const { key, value } of node.entries.values()) within(key, () => visit(value, type.of));
        return;
      case 'object':
        if (node.kind === 'map') object(node, type.shape);
        else problems.push(wrongType(node, 'a map', path));
        return;
    }
  };

  const within = (step: string | number, go: () => void): void => {
    path.push(step);
    go();
    path.pop();
  };

  const choice = (node: YamlNode, values: readonly string[]): void => {
    if (node.kind !== 'text') {
      problems.push(wrongType(node, 'a text', path));
      return;
    }
    if (values.includes(node.value)) return;
    const meant = values.find((value) => value.toLowerCase() === node.value.toLowerCase());
    const shown = values.length > 6 ? `${values.slice(0, 6).join(', ')} or another of ${values.length}` : values.join(' or ');
    problems.push({
      code: 'yaml/value',
      severity: 'error',
      message: `${spokenPath(path)} is ${shown}, and this is ${spokenNode(node)}.`,
      at: node.at,
      ...(meant === undefined
        ? {}
        : {
            fix: {
              title: `Write ${meant}`,
              safe: true,
              changes: [{ uri: node.at.uri, start: node.at.start, end: node.at.end, text: meant }],
            },
          }),
    });
  };

  const object = (node: YamlMap, fields: Shape): void => {
    for (const entry of node.entries.values()) {
      const field = fields.get(entry.key);
      if (field !== undefined) within(entry.key, () => visit(entry.value, field.type));
      // Directives of kustomize within patches.
      else if (!entry.key.startsWith('$')) unknown.push({ manifest, parent: node, path: [...path], entry, shape: fields });
    }
    if (isPart) return;
    for (const field of fields.values()) {
      if (!field.isRequired || node.entries.has(field.name)) continue;
      // The reader has said so.
      if (path.length === 0 && (field.name === 'apiVersion' || field.name === 'kind')) continue;
      const first = node.entries.values().next().value;
      problems.push({
        code: 'yaml/missing-field',
        severity: 'error',
        message: `${spokenPath([...path, field.name])} is missing, and ${manifest.kind} requires it.`,
        at: first?.at ?? node.at,
      });
    }
  };
  object(manifest.root, shape);
  return { unknown, problems };
}

/** The paths of all fields of this name that a kind has, without those within lists of other things; the shortest first. */
export function placesOfField(apiVersion: string, kind: string, name: string): readonly FieldPath[] {
  const shape = shapeOfKind(apiVersion, kind);
  if (shape === undefined) return [];
  const found: FieldPath[] = [];
  let level: { readonly path: FieldPath; readonly shape: Shape }[] = [{ path: [], shape }];
  // Deeper fields are too far away to be meant.
  for (let depth = 0; depth < 8 && level.length > 0 && found.length < 8; depth++) {
    const next: typeof level = [];
    for (const { path, shape: inner } of level) {
      if (inner.has(name)) found.push(path);
      for (const field of inner.values()) {
        const { type } = field;
        if (type.kind === 'object') next.push({ path: [...path, field.name], shape: type.shape });
        else if (type.kind === 'list' && type.of.kind === 'object')
          next.push({ path: [...path, field.name, 0], shape: type.of.shape });
      }
      if (next.length > 2000) break;
    }
    level = next;
  }
  return found;
}
