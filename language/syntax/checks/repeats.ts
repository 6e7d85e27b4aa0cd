/** What two statements of one block say twice, or say against each other: ports, routes, copies, edges, faults. */
import type { AstNode } from 'langium';
import type { Edge } from '../../generated/ast.js';
import type { Block } from './blocks.js';
import { excerpt } from './phrases.js';
import { memberRemoval, type ProblemFix, type Report, removal, type Span, spanOf, spanOfKey, spanOfProperty } from './problem.js';

/** Types of statements of which two may say the same. */
const repeatable: ReadonlySet<string> = new Set(['Port', 'Routes', 'CopiesTo', 'Edge', 'Expect']);

/** Reports repetitions between statements of a block. Repetitions inside one list, and of statements that count once, are in duplicates.ts. */
export function checkRepeats(block: Block, report: Report): void {
  let members = 0;
  for (const { $type } of block.statements) if (repeatable.has($type)) members++;
  if (members < 2) return;
  const seen = new Seen(report);
  const edges = new Map<string, Edge>();
  for (const statement of block.statements) {
    switch (statement.$type) {
      case 'Port':
        if (statement.name !== undefined)
          seen.once(
            `port ${statement.name}`,
            statement,
            spanOfProperty(statement, 'name'),
            `Two ports are called \`${excerpt(statement.name)}\`; give each a name of its own.`,
          );
        break;
      case 'Routes':
        for (const route of statement.routes)
          seen.across(
            `route ${route.path}`,
            route,
            statement,
            `The path \`"${excerpt(route.path ?? '')}"\` is routed twice; only the first route counts. Remove one of them.`,
          );
        break;
      case 'CopiesTo': {
        const bucket = statement.target?.target?.$refText;
        if (bucket !== undefined)
          seen.once(
            `copies ${bucket}`,
            statement,
            spanOf(statement),
            `This backup is copied to \`${bucket}\` twice; one copy there is enough.`,
            true,
          );
        break;
      }
      case 'Expect': {
        const target = statement.target?.target?.$refText;
        if (target !== undefined && statement.state !== undefined)
          seen.once(
            `expect ${target}`,
            statement,
            spanOf(statement),
            `What state \`${target}\` is expected in is already stated above. Remove one of the two.`,
            true,
          );
        break;
      }
      case 'Edge':
        checkEdge(statement, edges, report);
        break;
      default:
        break;
    }
  }
}

/** Remembers the first of each. */
class Seen {
  private readonly first = new Map<string, { readonly node: AstNode; readonly within: AstNode }>();

  constructor(private readonly report: Report) {}

  once(key: string, node: AstNode, at: Span, message: string, removable = false): void {
    const before = this.first.get(key);
    if (before === undefined) this.first.set(key, { node, within: node });
    else this.tell(before.node, at, message, removable ? removal(node, 'Remove this one') : undefined);
  }

  /** Like `once`, for members of lists: two in one list are the duplicates' matter. */
  across(key: string, node: AstNode, within: AstNode, message: string): void {
    const before = this.first.get(key);
    if (before === undefined) this.first.set(key, { node, within });
    else if (before.within !== within) this.tell(before.node, spanOf(node), message, memberRemoval(node, 'Remove this route'));
  }

  private tell(before: AstNode, at: Span, message: string, fix: ProblemFix | undefined): void {
    this.report({
      severity: 'error',
      code: 'syntax/repeated',
      message,
      at,
      ...(fix === undefined ? {} : { fix }),
      related: { node: before, at: spanOf(before), message: 'The first one.' },
    });
  }
}

/** Of one target, plainly required: a second time says nothing new, and what is wanted besides is required anyway. */
function checkEdge(edge: Edge, edges: Map<string, Edge>, report: Report): void {
  const [only, ...others] = edge.targets;
  const target = only?.target?.$refText;
  const plain = others.length === 0 && !edge.any && edge.count === undefined && edge.journeys.length === 0;
  if (target === undefined || !plain) return;
  const group = edge.kind === 'wants' ? 'requires' : edge.kind;
  const before = edges.get(`${group} ${target}`);
  if (before === undefined) {
    edges.set(`${group} ${target}`, edge);
    return;
  }
  const same = before.kind === edge.kind;
  const message = same
    ? `\`${target}\` is already named by a \`${edge.kind}\` above; say it once, with all its options.`
    : `\`${target}\` is both required and wanted; \`requires\` is the stronger word and holds. Leave \`wants\` out.`;
  const weaker = same || edge.kind === 'wants' ? edge : before;
  report({
    severity: 'warning',
    code: 'syntax/repeated-edge',
    message,
    at: spanOfKey(edge, edge.kind),
    fix: removal(weaker, `Remove this \`${weaker.kind}\``),
    related: { node: before, at: spanOf(before), message: 'The first one.' },
  });
}
