/** Statements of a component or journey become a policy of their own, which it and others may follow. */
import type { TextChange } from '../edit/edit.js';
import { isComponent, type Statement } from '../generated/ast.js';
import { keyIn } from '../syntax/keys.js';
import { defaultsOf, type Follower, followFirst, isAboutFailure, isFollower, policiesOf, policyNames } from './followers.js';
import { freeName, inOrder, type RefactorContext, type Refactoring } from './refactoring.js';
import { lineBreakOf, pieceOf, removals, textOf } from './statement-text.js';

/** Statements of which a part in the policy and a part in the component would not mean what they mean together. */
const inseparable: ReadonlySet<string> = new Set(['Failover', 'Backup', 'Replicates', 'Port', 'Needs']);

/** `Extract policy from 3 statements`, for the selected statements of a component or journey. */
export function extractPolicy(context: RefactorContext): readonly Refactoring[] {
  const { touched, selection } = context;
  if (selection.start === selection.end) return [];
  const owner = touched.find(isFollower);
  if (owner === undefined) return [];
  const selected = owner.statements.filter((statement) => {
    const { start, end } = rangeOf(statement);
    const isInside = selection.start > start && selection.end < end;
    return selection.start < end && selection.end > start && !isInside;
  });
  const moved = movable(owner, selected, defaultsOf(owner, context));
  if (moved.length === 0) return [];
  const title = `Extract policy from ${moved.length === 1 ? '1 statement' : `${moved.length} statements`}`;
  return [extraction(title, owner, [{ follower: owner, statements: moved }], context)];
}

/** `Extract policy from 4 statements shared with 2 others`, where the caret stands in the head of a component. */
export function extractSharedPolicy(context: RefactorContext): readonly Refactoring[] {
  const { file, touched, selection, document } = context;
  const owner = touched.filter(isComponent).find((each) => {
    const cst = each.$cstNode;
    return cst !== undefined && selection.start >= cst.offset && selection.end <= headLineEnd(cst.text, cst.offset);
  });
  if (owner === undefined) return [];
  const text = document.textDocument.getText();
  const defaults = defaultsOf(owner, context);
  const own = new Map(movable(owner, owner.statements, defaults).map((statement) => [normalized(statement, text), statement]));
  const kindred = file.elements.filter(isComponent).filter((each) => each !== owner && each.kind === owner.kind);
  const sharing = kindred.slice(0, mostCompared).flatMap((follower) => {
    const shared = movable(follower, follower.statements, defaults).filter(
      (each) => own.has(normalized(each, text)) && !isChancy(each),
    );
    return shared.length < 2 ? [] : [{ follower, keys: new Set(shared.map((each) => normalized(each, text))) }];
  });
  const best = largestShared(sharing.map(({ keys }) => keys));
  if (best === undefined) return [];
  const followers = [owner, ...sharing.filter(({ keys }) => isSubset(best, keys)).map(({ follower }) => follower)];
  const places = followers.map((follower) => ({
    follower,
    statements: movable(
      follower,
      follower.statements.filter((each) => best.has(normalized(each, text))),
      defaults,
    ),
  }));
  // What cannot be taken from every one of them alike is no shared statement.
  if (places.some(({ statements }) => statements.length !== best.size)) return [];
  const others = followers.length - 1;
  const title = `Extract policy from ${best.size} statements shared with ${others === 1 ? '1 other' : `${others} others`}`;
  return [extraction(title, owner, places, context)];
}

/** A failover that may not work is one event for all who follow its policy: shared, it would change the figures. */
function isChancy(statement: Statement): boolean {
  return (
    statement.$type === 'Failover' && statement.details.some((detail) => detail.$type === 'Fact' && detail.key === 'success')
  );
}

interface Place {
  readonly follower: Follower;
  readonly statements: readonly Statement[];
}

function extraction(title: string, owner: Follower, places: readonly Place[], context: RefactorContext): Refactoring {
  const uri = context.document.uri.toString();
  const text = context.document.textDocument.getText();
  const name = freeName(`${owner.name}-policy`, policyNames(context));
  const own = places.find(({ follower }) => follower === owner)?.statements ?? [];
  const policy = context.format(`policy ${name} {\n${bodyOf(own, text)}\n}`).replaceAll('\n', lineBreakOf(text));
  const first = places.reduce((before, { follower }) => Math.min(before, pieceOf(follower, text).start), text.length);
  const changes: TextChange[] = [{ uri, start: first, end: first, text: `${policy}${lineBreakOf(text).repeat(2)}` }];
  for (const { follower, statements } of places) {
    changes.push(followFirst(follower, name, uri, text, statements.length === follower.statements.length));
    changes.push(
      ...removals(
        uri,
        text,
        statements.map((statement) => pieceOf(statement, text)),
      ),
    );
  }
  return { kind: 'extract', title, changes: inOrder(changes), rename: { uri, offset: first + 'policy '.length } };
}

/** Of some statements those that mean the same in a policy. */
function movable(owner: Follower, selected: readonly Statement[], defaults: readonly Statement[]): readonly Statement[] {
  const inherited = [...policiesOf(owner).flatMap((policy) => policy.statements), ...defaults];
  // How often something fails is read from the nearest place that says any part of it; a part that moves could lose to another.
  const failureStays = inherited.some(isAboutFailure);
  return selected.filter((statement) => {
    if (statement.$type === 'Accepts' || statement.$type === 'Follows') return false;
    if (failureStays && isAboutFailure(statement)) return false;
    const word = /^[a-z]+/.exec(statement.$cstNode?.text ?? '')?.[0];
    if (word === undefined || keyIn('policy', word) === undefined) return false;
    return (
      !inseparable.has(statement.$type) ||
      owner.statements.every((other) => other.$type !== statement.$type || selected.includes(other))
    );
  });
}

/** Statements with their comments, those of one line on one line. */
export function bodyOf(statements: readonly Statement[], text: string): string {
  let body = '';
  let end: number | undefined;
  for (const statement of statements) {
    const piece = pieceOf(statement, text);
    const isSameLine = end !== undefined && /^[ \t]*$/.test(text.slice(end, piece.start));
    body += (end === undefined ? '' : isSameLine ? '  ' : '\n') + textOf(piece, text);
    end = piece.end;
  }
  return body;
}

/** The set that saves most: its size times how many have all of it; undefined where nobody shares anything. */
function largestShared(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> | undefined {
  let best: { readonly set: ReadonlySet<string>; readonly saved: number } | undefined;
  const tried = new Set<string>();
  for (const set of sets) {
    const key = [...set].sort().join('\n');
    if (tried.has(key) || tried.size >= mostTried) continue;
    tried.add(key);
    const saved = set.size * sets.filter((other) => isSubset(set, other)).length;
    if (best === undefined || saved > best.saved) best = { set, saved };
  }
  return best?.set;
}

/** How many other components of a file are compared. */
const mostCompared = 1000;

/** How many different sets of shared statements are weighed. */
const mostTried = 50;

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((each) => whole.has(each));
}

function normalized(statement: Statement, text: string): string {
  const { start, end } = rangeOf(statement);
  return text.slice(start, end).replace(/\s+/g, ' ');
}

function rangeOf(node: Follower | Statement): { readonly start: number; readonly end: number } {
  return { start: node.$cstNode?.offset ?? 0, end: node.$cstNode?.end ?? 0 };
}

function headLineEnd(text: string, offset: number): number {
  const end = text.search(/[\r\n]/);
  return offset + (end < 0 ? text.length : end);
}
