import { type AstNode, CstUtils, type LangiumDocument } from 'langium';
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

/** The node whose block a position lies in; the file where it lies in none; undefined where the block belongs to no known statement. */
export function blockAt(document: LangiumDocument, offset: number): AstNode | undefined {
  const file = document.parseResult.value;
  const opening = openingBrace(document.textDocument.getText(), offset);
  if (opening === undefined) return file;
  const root = file.$cstNode;
  if (root === undefined) return undefined;
  return CstUtils.findLeafNodeAtOffset(root, opening)?.astNode;
}

/** The block nearest around a node, itself included. */
export function blockAround(node: AstNode): { readonly node: AstNode; readonly place: Place } | undefined {
  for (let current: AstNode | undefined = node; current !== undefined; current = current.$container) {
    const place = placeOf(current);
    if (place !== undefined) return { node: current, place };
  }
  return undefined;
}

/** The offset of the innermost `{` that is open at a position. Strings and comments hold no braces. */
function openingBrace(text: string, offset: number): number | undefined {
  const open: number[] = [];
  const piece = /"(?:\\.|[^"\\\n\r])*"?|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[{}]/g;
  for (let match = piece.exec(text); match !== null && match.index < offset; match = piece.exec(text)) {
    if (match[0] === '{') open.push(match.index);
    else if (match[0] === '}') open.pop();
  }
  return open.at(-1);
}
