/** Names that mean nothing: what was probably meant, or which file declares them. */
import type { AstNode, LangiumCoreServices, LangiumDocument, Reference, ReferenceInfo } from 'langium';
import {
  isComponent,
  isCopiesTo,
  isDeadLetters,
  isEdge,
  isExpect,
  isFailTarget,
  isMeasured,
  isRegion,
  isRuns,
  isSiteReference,
  isZoneReference,
  type Region,
} from '../../generated/ast.js';
import { importsOf } from '../imports.js';
import { nearest } from '../nearest.js';
import { zonesOf } from './blocks.js';
import { excerpt, withArticle } from './phrases.js';
import type { Problem, ProblemFix, Report, Span } from './problem.js';
import { zonesInWords } from './references.js';
import { importPath } from './surroundings.js';

/** Names are compared with all visible ones for so many different unknown names of a file; beyond that, only said to be unknown. */
const mostSuggestions = 50;

/** Reports the references of a document that could not be linked. */
export function checkLinks(services: LangiumCoreServices, document: LangiumDocument, report: Report): void {
  const unknown = new UnknownNames(services, document);
  for (const reference of document.references) {
    const info = reference.error?.info;
    if (info === undefined || !('ref' in reference)) continue;
    const node = reference.$refNode;
    if (node === undefined || reference.$refText === '') continue;
    const problem = unknown.problem(reference, info, { start: node.offset, end: node.end });
    if (problem !== undefined) report(problem);
  }
}

class UnknownNames {
  private readonly meant = new Map<string, string | undefined>();
  private elsewhere: ReadonlyMap<string, LangiumDocument> | undefined;

  constructor(
    private readonly services: LangiumCoreServices,
    private readonly document: LangiumDocument,
  ) {}

  problem(reference: Reference, info: ReferenceInfo, at: Span): Problem | undefined {
    const name = reference.$refText;
    if (info.property === 'zone') return this.zoneProblem(name, info, at);
    const { space, noun } = expectedAt(info);
    const file = this.declaredElsewhere(`${space} ${name}`);
    if (file !== undefined) {
      const path = importPath(this.document, file);
      return {
        severity: 'error',
        code: 'syntax/not-imported',
        message: `\`${excerpt(name)}\` is declared in ${path}, which this file does not import: add \`import "${path}"\`.`,
        at,
        fix: this.addImport(path),
      };
    }
    const meant = this.suggestion(space, name, info);
    const hint = meant === undefined ? ' Declare it, or import the file that does.' : ` Did you mean \`${meant}\`?`;
    return {
      severity: 'error',
      code: 'syntax/unknown-name',
      message: `No ${noun} named \`${excerpt(name)}\` is visible here.${hint}`,
      at,
      ...(meant === undefined ? {} : { fix: { title: `Change to "${meant}"`, ...at, text: meant } }),
    };
  }

  private zoneProblem(name: string, info: ReferenceInfo, at: Span): Problem | undefined {
    const before = declarationBefore(info.container);
    // Of a region that is not known, the zones are not either; one message is enough.
    if (before === undefined) return undefined;
    if (!isRegion(before)) {
      if (!isComponent(before)) return undefined;
      // Whatever stands where a site belongs has been reported for itself.
      if (!isFailTarget(info.container)) return undefined;
      const message = `\`${before.name}\` is ${withArticle(before.kind)}; only a region has zones.`;
      return { severity: 'error', code: 'syntax/unknown-zone', message, at };
    }
    // Zones have short names, which all look alike; the message lists them anyway.
    const meant = name.length < 3 ? undefined : nearest(name, zoneNames(before));
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    return {
      severity: 'error',
      code: 'syntax/unknown-zone',
      message: `Region \`${before.name}\` has no zone \`${excerpt(name)}\`; ${zonesInWords(before)}.${hint}`,
      at,
      ...(meant === undefined ? {} : { fix: { title: `Change to "${meant}"`, ...at, text: meant } }),
    };
  }

  private suggestion(space: string, name: string, info: ReferenceInfo): string | undefined {
    const { noun, types } = expectedAt(info);
    const key = `${space} ${noun} ${name}`;
    if (!this.meant.has(key)) {
      if (this.meant.size >= mostSuggestions) return undefined;
      const visible = this.services.references.ScopeProvider.getScope(info)
        .getAllElements()
        .filter(({ type }) => types.includes(type))
        .map((description) => description.name)
        .toArray();
      this.meant.set(key, nearest(name, visible));
    }
    return this.meant.get(key);
  }

  /** The first other file, by name, that declares it. */
  private declaredElsewhere(key: string): LangiumDocument | undefined {
    if (this.elsewhere === undefined) {
      const found = new Map<string, LangiumDocument>();
      const documents = this.services.shared.workspace.LangiumDocuments;
      const uris = documents.all.map((document) => document.uri.toString()).toArray();
      for (const uri of uris.sort()) {
        for (const description of this.services.shared.workspace.IndexManager.allElements(undefined, new Set([uri]))) {
          const space = description.type === 'Policy' ? 'policy' : description.type === 'Scenario' ? 'scenario' : 'named';
          const declared = documents.getDocument(description.documentUri);
          if (declared !== undefined && !found.has(`${space} ${description.name}`))
            found.set(`${space} ${description.name}`, declared);
        }
      }
      this.elsewhere = found;
    }
    return this.elsewhere.get(key);
  }

  /** After the last import, else at the start of the file. */
  private addImport(path: string): ProblemFix {
    const title = `Add \`import "${path}"\``;
    const last = importsOf(this.document).at(-1)?.node.$cstNode;
    if (last !== undefined) return { title, start: last.end, end: last.end, text: `\nimport "${path}"` };
    const start = this.document.textDocument.getText().startsWith('\uFEFF') ? 1 : 0;
    return { title, start, end: start, text: `import "${path}"\n\n` };
  }
}

function zoneNames(region: Region): readonly string[] {
  return zonesOf(region.statements).flatMap((zone) => zone.name ?? []);
}

/** What stands before the dot or the word `zones`. */
function declarationBefore(node: AstNode): AstNode | undefined {
  if (isSiteReference(node)) return node.region?.ref;
  if (isZoneReference(node)) return isRuns(node.$container) ? node.$container.site?.region?.ref : undefined;
  return isFailTarget(node) ? node.target?.ref : undefined;
}

interface Expected {
  readonly space: 'named' | 'policy' | 'scenario';
  /** What a message calls what should stand here. */
  readonly noun: string;
  /** The types of declarations that may stand here. */
  readonly types: readonly string[];
}

function expectedAt({ container, property }: ReferenceInfo): Expected {
  if (property === 'policy') return { space: 'policy', noun: 'policy', types: ['Policy'] };
  if (property === 'scenario') return { space: 'scenario', noun: 'scenario', types: ['Scenario'] };
  if (property === 'region') return { space: 'named', noun: 'region', types: ['Region'] };
  if (isFailTarget(container)) return { space: 'named', noun: 'region or component', types: ['Region', 'Component'] };
  const owner = container.$container;
  if (isExpect(owner) || isMeasured(owner) || (isEdge(owner) && !isComponent(owner.$container))) {
    if (container.$containerProperty === 'journeys') return { space: 'named', noun: 'journey', types: ['Journey'] };
    return { space: 'named', noun: 'component or journey', types: ['Component', 'Journey'] };
  }
  if (container.$containerProperty === 'journeys') return { space: 'named', noun: 'journey', types: ['Journey'] };
  const queue = isDeadLetters(owner) || (isEdge(owner) && (owner.kind === 'publishes' || owner.kind === 'consumes'));
  const noun = queue ? 'queue' : isCopiesTo(owner) ? 'bucket' : 'component';
  return { space: 'named', noun, types: ['Component'] };
}
