import type { AstNode } from 'langium';
import { isComponent, isDrmlFile } from '../../language/generated/ast.js';
import { componentKindPlaces, type Place } from '../../language/syntax/keys.js';

const blocks: Readonly<Record<string, Place>> = {
  ModelBlock: 'model',
  Region: 'region',
  Zone: 'zone',
  Link: 'link',
  Journey: 'journey',
  Policy: 'policy',
  Defaults: 'defaults',
  Together: 'together',
  Failover: 'failover',
  Objective: 'objective',
  ClassObjective: 'class',
  Backup: 'backup',
  Edge: 'edge',
  Rollout: 'rollout',
  Scenario: 'scenario',
  Drill: 'drill',
};

/** The kind of block a node is, or undefined where it has no block of its own. */
export function placeOf(node: AstNode): Place | undefined {
  if (isDrmlFile(node)) return 'file';
  if (isComponent(node)) return componentKindPlaces.find((kind) => kind === node.kind);
  return blocks[node.$type];
}

/** The block nearest around a node, itself included. */
export function blockAround(node: AstNode): { readonly node: AstNode; readonly place: Place } | undefined {
  for (let current: AstNode | undefined = node; current !== undefined; current = current.$container) {
    const place = placeOf(current);
    if (place !== undefined) return { node: current, place };
  }
  return undefined;
}
