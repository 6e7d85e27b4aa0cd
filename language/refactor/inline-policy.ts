/** What a policy says is written into those who follow it, as far as nothing nearer says it already. */
import { type LangiumDocument, URI } from 'langium';
import { applyEdits } from '../edit/apply.js';
import type { Edit, TextChange } from '../edit/edit.js';
import {
  type Detail,
  type Follows,
  isFollows,
  isPolicy,
  type Policy,
  type SiteReference,
  type Statement,
} from '../generated/ast.js';
import { sourceAt } from '../model/build-facts.js';
import type { Source } from '../model/fact.js';
import { fileOf } from '../syntax/imports.js';
import { defaultsOf, type Follower, isAboutFailure, isFollower, policiesOf, unfollow } from './followers.js';
import { inOrder, type RefactorContext, type Refactoring, touches } from './refactoring.js';
import { pieceOf, removals, standaloneText } from './statement-text.js';

/** `Inline policy gold into orders`, on the name of a policy behind `follows`. */
export function inlinePolicy(context: RefactorContext): readonly Refactoring[] {
  const use = useAt(context);
  if (use === undefined) return [];
  const title = `Inline policy ${use.policy.name} into ${use.follower.name}`;
  const shared = sharedFailover(use.policy, context);
  if (shared !== undefined) return [{ kind: 'inline', title, changes: [], refused: shared }];
  const changes = inlining(use.follower, use.follows, use.policy, context);
  return [
    changes === undefined
      ? { kind: 'inline', title, changes: [], refused: contested }
      : { kind: 'inline', title, changes: inOrder(changes) },
  ];
}

/** `Inline policy gold into its 3 followers and delete it`, on the policy or on a use of it. */
export function inlinePolicyEverywhere(context: RefactorContext): readonly Refactoring[] {
  const policy = policyAt(context) ?? useAt(context)?.policy;
  const home = policy?.$container.$document;
  if (policy === undefined || home === undefined) return [];
  const followers = followersOf(policy, context);
  if (followers.length === 0) return [];
  const into = followers.length === 1 ? 'its only follower' : `its ${followers.length} followers`;
  const title = `Inline policy ${policy.name} into ${into} and delete it`;
  const shared = sharedFailover(policy, context);
  if (shared !== undefined) return [{ kind: 'inline', title, changes: [], refused: shared }];
  const changes: TextChange[] = [];
  for (const { follower, follows } of followers) {
    const inlined = inlining(follower, follows, policy, context);
    if (inlined === undefined) return [{ kind: 'inline', title, changes: [], refused: contested }];
    changes.push(...inlined);
  }
  const text = home.textDocument.getText();
  changes.push(...removals(home.uri.toString(), text, [pieceOf(policy, text)]));
  return [{ kind: 'inline', title, changes: inOrder(changes) }];
}

const contested =
  'Another policy, a default or the component itself also says how often it fails, or has a backup of the same name; which of them counts would change.';

/** Why the failover of a policy with several followers cannot be copied: it is one event for all of them. */
function sharedFailover(policy: Policy, context: RefactorContext): string | undefined {
  const hasSuccess = policy.statements.some(
    (statement) =>
      statement.$type === 'Failover' && statement.details.some((detail) => detail.$type === 'Fact' && detail.key === 'success'),
  );
  if (!hasSuccess || followersOf(policy, context).length < 2) return undefined;
  return `The failover of ${policy.name} works or fails for all its followers at once; written into each, it would be an event of its own, and the figures would change.`;
}

/** All who follow a policy, in files of other models too. */
function followersOf(
  policy: Policy,
  context: RefactorContext,
): readonly { readonly follower: Follower; readonly follows: Follows }[] {
  return context.documents.all.toArray().flatMap((document) =>
    (fileOf(document)?.elements ?? []).filter(isFollower).flatMap((follower) => {
      const follows = follower.statements
        .filter(isFollows)
        .find((each) => each.policies.some((use) => use.policy?.ref === policy));
      return follows === undefined ? [] : [{ follower, follows }];
    }),
  );
}

function useAt(context: RefactorContext): { follower: Follower; follows: Follows; policy: Policy } | undefined {
  for (const follower of context.touched.filter(isFollower)) {
    for (const follows of follower.statements.filter(isFollows)) {
      for (const use of follows.policies) {
        const policy = use.policy?.ref;
        if (policy !== undefined && touches(context.selection, rangeOf(use))) return { follower, follows, policy };
      }
    }
  }
  return undefined;
}

function policyAt({ touched, selection }: RefactorContext): Policy | undefined {
  return touched.filter(isPolicy).find((policy) => {
    const { start } = rangeOf(policy);
    return touches(selection, { start, end: start + 'policy '.length + (policy.name ?? '').length });
  });
}

/** The changes, or undefined where the figures could change with them. */
function inlining(
  follower: Follower,
  follows: Follows,
  policy: Policy,
  context: RefactorContext,
): readonly TextChange[] | undefined {
  const all = policiesOf(follower);
  const above = [...follower.statements, ...all.slice(0, all.indexOf(policy)).flatMap((each) => each.statements)];
  const below = [...all.slice(all.indexOf(policy) + 1).flatMap((each) => each.statements), ...defaultsOf(follower, context)];
  // Failure data that is written in the block itself wins over all other; what a policy lends must not win by moving there.
  if (policy.statements.some(isAboutFailure) && [...above, ...below].some(isAboutFailure)) return undefined;
  const document = documentOf(follower, context);
  const source = documentOf(policy, context);
  if (document === undefined || source === undefined) return undefined;
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const from = source.textDocument.getText();
  const edits: Edit[] = [];
  for (const statement of policy.statements) {
    if (statement.$type === 'Follows') continue;
    const same = above.filter((each) => isSame(each, statement));
    if (statement.$type === 'Backup' && same.length > 0) return undefined;
    if (same.length === 0 || isAdded(statement)) {
      edits.push({ kind: 'add-statement', block: sourceAt(follower), text: standaloneText(statement, from) });
    } else {
      const own = follower.statements.find((each) => each === same[0]);
      edits.push(...missingItems(statement, same, own, sourceAt(follower), from));
    }
  }
  const only = follower.statements.length === 1 && follows.policies.length === 1 ? follows.$cstNode : undefined;
  if (only !== undefined && edits.length > 0 && edits.every((edit) => !edit.text.includes('\n'))) {
    return [{ uri, start: only.offset, end: only.end, text: edits.map((edit) => edit.text).join('  ') }];
  }
  const added = applyEdits(edits, () => text);
  return apart([...added, ...unfollow(follows, policy, uri, text)]);
}

/** Two changes that claim the same place become one that does both. */
function apart(changes: readonly TextChange[]): readonly TextChange[] {
  const result: TextChange[] = [];
  for (const change of inOrder(changes)) {
    const last = result.at(-1);
    if (last !== undefined && last.uri === change.uri && change.start < last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, change.end), text: last.text + change.text };
    } else result.push(change);
  }
  return result;
}

/** Whether a nearer statement takes the place of a farther one, wholly or item by item. */
function isSame(a: Statement, b: Statement): boolean {
  if (a.$type !== b.$type) return false;
  if ('key' in a && 'key' in b) return a.key === b.key;
  switch (a.$type) {
    case 'Needs':
      return siteOf(a.site) === siteOf(b.$type === 'Needs' ? b.site : undefined);
    case 'Failover':
      return b.$type === 'Failover' && a.scope === b.scope && siteOf(a.site) === siteOf(b.site);
    case 'Backup':
      return b.$type === 'Backup' && a.name === b.name;
    case 'Probe':
      return b.$type === 'Probe' && a.probe === b.probe;
    default:
      return true;
  }
}

/** Statements that add up: what a policy says of these holds beside what the component says. */
function isAdded(statement: Statement): boolean {
  switch (statement.$type) {
    case 'Edge':
    case 'Recovers':
    case 'Agrees':
    case 'Mounts':
    case 'Routes':
    case 'Accepts':
    case 'Backup':
    case 'Runs':
      return true;
    case 'Cost':
      return statement.key === 'cost';
    default:
      return false;
  }
}

/** Of a block that counts item by item, the items that nothing nearer states: added to the block's own, else as a block of their own. */
function missingItems(
  statement: Statement,
  nearer: readonly Statement[],
  own: Statement | undefined,
  block: Source,
  text: string,
): readonly Edit[] {
  if (!hasItems(statement)) return [];
  const ownItems = own !== undefined && hasItems(own) ? own.details : [];
  const stated = nearer.flatMap((each) => (hasItems(each) ? each.details : []));
  const missing: string[] = [];
  const edits: Edit[] = [];
  for (const detail of statement.details) {
    const same = stated.filter((each) => isSameItem(each, detail));
    if (same.length === 0) {
      missing.push(standaloneText(detail, text));
    } else if (detail.$type === 'ClassObjective') {
      const promised = new Set(
        same.flatMap((each) => (each.$type === 'ClassObjective' ? each.promises.map(({ key }) => key) : [])),
      );
      const promises = detail.promises.filter(({ key }) => !promised.has(key)).map((promise) => promise.$cstNode?.text ?? '');
      const ownClass = ownItems.find((each) => isSameItem(each, detail));
      if (promises.length === 0) continue;
      if (ownClass === undefined) missing.push(`${detail.disruption} { ${promises.join('  ')} }`);
      else edits.push(...promises.map((promise): Edit => ({ kind: 'add-statement', block: sourceAt(ownClass), text: promise })));
    }
  }
  if (missing.length === 0) return edits;
  if (own !== undefined) {
    return [...edits, ...missing.map((detail): Edit => ({ kind: 'add-statement', block: sourceAt(own), text: detail }))];
  }
  const head = /^[^{]*/.exec(statement.$cstNode?.text ?? '')?.[0].trimEnd() ?? '';
  const inner = missing.some((detail) => detail.includes('\n'))
    ? `\n${missing.map((detail) => detail.replace(/^/gm, '  ')).join('\n')}\n`
    : ` ${missing.join('  ')} `;
  return [...edits, { kind: 'add-statement', block, text: `${head} {${inner}}` }];
}

function hasItems(
  statement: Statement,
): statement is Extract<Statement, { readonly $type: 'Failover' | 'Objective' | 'Together' | 'Rollout' }> {
  const { $type } = statement;
  return $type === 'Failover' || $type === 'Objective' || $type === 'Together' || $type === 'Rollout';
}

function isSameItem(a: Detail, b: Detail): boolean {
  if (a.$type !== b.$type) return false;
  if ('key' in a && 'key' in b) return a.key === b.key;
  return a.$type !== 'ClassObjective' || b.$type !== 'ClassObjective' || a.disruption === b.disruption;
}

function siteOf(reference: SiteReference | undefined): string {
  return `${reference?.region?.$refText ?? ''}.${reference?.zone?.$refText ?? ''}`;
}

function documentOf(node: Follower | Policy, { documents }: RefactorContext): LangiumDocument | undefined {
  return documents.getDocument(URI.parse(sourceAt(node).uri));
}

function rangeOf(node: { readonly $cstNode?: { readonly offset: number; readonly end: number } }): {
  start: number;
  end: number;
} {
  return { start: node.$cstNode?.offset ?? 0, end: node.$cstNode?.end ?? 0 };
}
