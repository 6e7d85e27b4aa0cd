/** Components and journeys as followers of policies: what they inherit, and the statement in which they say so. */
import { type LangiumDocument, URI } from 'langium';
import type { TextChange } from '../edit/edit.js';
import {
  type Component,
  type Follows,
  isComponent,
  isDefaults,
  isFollows,
  isJourney,
  isPolicy,
  type Journey,
  type Policy,
  type Statement,
} from '../generated/ast.js';
import { fileOf } from '../syntax/imports.js';
import type { RefactorContext } from './refactoring.js';
import { isBlank, lineBreakOf, lineEnd, lineStart, removals, startsBlockOnOneLine } from './statement-text.js';

/** What may follow a policy. */
export type Follower = Component | Journey;

export function isFollower(node: unknown): node is Follower {
  return isComponent(node) || isJourney(node);
}

const failureKeys: ReadonlySet<string> = new Set(['mtbf', 'mttr', 'availability', 'unavailability']);

/** Whether a statement says how often or how long its owner itself is down. */
export function isAboutFailure(statement: Statement): boolean {
  return statement.$type === 'Fact' && failureKeys.has(statement.key);
}

/** The policies that a component or journey follows, nearest first. */
export function policiesOf(follower: Follower): readonly Policy[] {
  return follower.statements.filter(isFollows).flatMap((follows) => follows.policies.flatMap((use) => use.policy?.ref ?? []));
}

/** Statements of the `defaults` that reach a component through any of the models. */
export function defaultsOf(follower: Follower, context: RefactorContext): readonly Statement[] {
  if (!isComponent(follower)) return [];
  return filesOfModels(context).flatMap((document) =>
    (fileOf(document)?.elements ?? [])
      .filter(isDefaults)
      .filter((each) => each.kind === undefined || each.kind === follower.kind)
      .flatMap((each) => each.statements),
  );
}

/** All files of the models that the file belongs to; the file alone where it belongs to none. */
export function filesOfModels({ documents, document, models }: RefactorContext): readonly LangiumDocument[] {
  const uris = new Set(models.flatMap((model) => model.files.map((file) => file.uri)));
  uris.add(document.uri.toString());
  return [...uris].flatMap((uri) => documents.getDocument(URI.parse(uri)) ?? []);
}

/** Names of the policies that any model of the file knows. */
export function policyNames(context: RefactorContext): ReadonlySet<string> {
  return new Set(
    filesOfModels(context).flatMap((document) =>
      (fileOf(document)?.elements ?? []).filter(isPolicy).map((policy) => policy.name),
    ),
  );
}

/** A change that makes a component follow a policy before all others, so that what moves there keeps its weight. */
export function followFirst(follower: Follower, policy: string, uri: string, text: string, isLeftEmpty: boolean): TextChange {
  const follows = follower.statements.find(isFollows);
  const first = follows?.policies[0]?.$cstNode?.offset;
  if (first !== undefined) return { uri, start: first, end: first, text: `${policy}, ` };
  const cst = follower.$cstNode;
  const brace = text.indexOf('{', headEnd(follower));
  const at = (brace < 0 ? (cst?.offset ?? 0) : brace) + 1;
  if (startsBlockOnOneLine(text, at, cst?.end ?? at)) {
    return { uri, start: at, end: at, text: ` follows ${policy}${isLeftEmpty ? '' : ' '}` };
  }
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, cst?.offset ?? 0)))?.[0] ?? '';
  const unit = /\n\t/.test(text.slice(at, cst?.end)) ? '\t' : '  ';
  const end = lineEnd(text, at);
  const behind = isBlank(text.slice(at, end)) || /^[ \t]*\/\//.test(text.slice(at, end)) ? end : at;
  return { uri, start: behind, end: behind, text: `${lineBreakOf(text)}${indent}${unit}follows ${policy}` };
}

/** Changes that stop a component from following a policy; the statement goes with its last name. */
export function unfollow(follows: Follows, policy: Policy, uri: string, text: string): readonly TextChange[] {
  const index = follows.policies.findIndex((use) => use.policy?.ref === policy);
  const [use, before, after] = [follows.policies[index], follows.policies[index - 1], follows.policies[index + 1]];
  const own = use?.$cstNode;
  if (own === undefined) return [];
  if (before?.$cstNode !== undefined) return [{ uri, start: before.$cstNode.end, end: own.end, text: '' }];
  if (after?.$cstNode !== undefined) return [{ uri, start: own.offset, end: after.$cstNode.offset, text: '' }];
  const whole = follows.$cstNode;
  return whole === undefined ? [] : removals(uri, text, [{ start: whole.offset, end: whole.end }]);
}

/** Where the head of a declaration ends at the latest: strings in it may hold braces. */
function headEnd(follower: Follower): number {
  const cst = follower.$cstNode;
  if (cst === undefined) return 0;
  const title = follower.title === undefined ? 0 : cst.text.indexOf('"', cst.text.indexOf('"') + 1) + 1;
  return cst.offset + Math.max(0, title);
}
