/** A service becomes two: the new one runs where the old one does, and the old one requires it. */
import { applyEdits } from '../edit/apply.js';
import type { Edit, TextChange } from '../edit/edit.js';
import { type Component, isComponent, isEdge, type Statement } from '../generated/ast.js';
import { sourceAt } from '../model/build-facts.js';
import { fileOf } from '../syntax/imports.js';
import { filesOfModels } from './followers.js';
import { freeName, inOrder, type RefactorContext, type Refactoring } from './refactoring.js';
import { lineBreakOf, pieceOf, removals, textOf } from './statement-text.js';

/** What the two halves share: where they run, how an instance fails, and what an instance takes. */
const copiedKeys: ReadonlySet<string> = new Set([
  'mtbf',
  'mttr',
  'availability',
  'unavailability',
  'cpu',
  'memory',
  'common',
  'grace',
  'provider',
  'account',
]);

/** `Split service orders: add orders-worker`; selected requirements move along. */
export function splitService(context: RefactorContext): readonly Refactoring[] {
  const { touched, document, selection } = context;
  const service = touched.filter(isComponent).find((each) => {
    const cst = each.$cstNode;
    return (
      each.kind === 'service' &&
      each.name !== undefined &&
      cst !== undefined &&
      selection.start >= cst.offset &&
      selection.end <= cst.end
    );
  });
  const cst = service?.$cstNode;
  if (service === undefined || cst === undefined) return [];
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const moved = selectedEdges(service, context);
  const isOnHead = selection.end <= cst.offset + cst.text.search(/[{\r\n]|$/);
  if (moved.length === 0 && !isOnHead) return [];
  const name = freeName(`${service.name}-worker`, namesOf(context));
  const statements = service.statements.filter(isCopied).map((statement) => bare(statement, text));
  const edges = moved.map((edge) => textOf(pieceOf(edge, text), text));
  const tier = service.tier === undefined ? '' : ` tier ${service.tier}`;
  const head = `service ${name}${tier}`;
  const declaration = context.format(`${head} {\n${[...statements, ...edges].join('\n')}\n}`).replaceAll('\n', lineBreakOf(text));
  const eol = lineBreakOf(text);
  const end = pieceOf(service, text).end;
  const requirement: Edit = { kind: 'add-statement', block: sourceAt(service), text: `requires ${name}` };
  const changes: TextChange[] = [
    ...applyEdits([requirement], () => text),
    ...removals(
      uri,
      text,
      moved.map((edge) => pieceOf(edge, text)),
    ),
    { uri, start: end, end, text: `${eol}${eol}${declaration}` },
  ];
  const what =
    moved.length === 0
      ? `add ${name}`
      : `move ${moved.length === 1 ? '1 requirement' : `${moved.length} requirements`} to ${name}`;
  const before = changes.filter((change) => change.start <= end && change.start !== end);
  const shift = before.reduce((sum, change) => sum + change.text.length - (change.end - change.start), 0);
  return [
    {
      kind: 'rewrite',
      title: `Split service ${service.name}: ${what}`,
      changes: inOrder(changes),
      rename: { uri, offset: end + shift + 2 * eol.length + 'service '.length },
    },
  ];
}

function isCopied(statement: Statement): boolean {
  switch (statement.$type) {
    case 'Runs':
    case 'Needs':
    case 'Follows':
    case 'Failover':
      return true;
    case 'Fact':
    case 'Words':
      return copiedKeys.has(statement.key);
    default:
      return false;
  }
}

/** A copy says what the statement says, and leaves its comment where it was written. */
function bare(statement: Statement, text: string): string {
  const cst = statement.$cstNode;
  return cst === undefined ? '' : textOf({ start: cst.offset, end: cst.end }, text);
}

function selectedEdges(service: Component, { selection }: RefactorContext): readonly Statement[] {
  if (selection.start === selection.end) return [];
  return service.statements.filter(isEdge).filter((edge) => {
    const cst = edge.$cstNode;
    return cst !== undefined && selection.start < cst.end && selection.end > cst.offset;
  });
}

/** Names of regions, components and journeys that any model of the file knows. */
export function namesOf(context: RefactorContext): ReadonlySet<string> {
  const names = new Set<string>();
  for (const document of filesOfModels(context)) {
    for (const element of fileOf(document)?.elements ?? [])
      if ('name' in element && element.name !== undefined) names.add(element.name);
  }
  return names;
}
