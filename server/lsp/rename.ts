import {
  type AstNode,
  AstUtils,
  GrammarAST,
  type LangiumDocument,
  type LangiumDocuments,
  type LangiumParser,
  TextDocument,
} from 'langium';
import { DefaultRenameProvider, type LangiumServices } from 'langium/lsp';
import {
  LSPErrorCodes,
  type Position,
  type Range,
  type RenameParams,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  isBackup,
  isComponent,
  isJourney,
  isPolicy,
  isRegion,
  isScenario,
  isZone,
  isZoneName,
  type Zone,
  type ZoneName,
} from '../../language/generated/ast.js';
import { fileOf, importClosure } from '../../language/syntax/imports.js';
import { leafAt, type Names, nameNodeOf } from './name-at.js';

const nameShape = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A name that can be replaced: where it stands, and what the editor puts into its input box. */
export interface NameToReplace {
  readonly range: Range;
  readonly placeholder: string;
}

/** Renames a declaration and every use of it in all files, and refuses names that would not mean the same afterwards. */
export class Rename extends DefaultRenameProvider {
  private readonly documents: LangiumDocuments;
  private readonly parser: LangiumParser;
  private readonly keywords: ReadonlySet<string>;

  constructor(
    services: LangiumServices,
    private readonly names: Names,
  ) {
    super(services);
    this.documents = services.shared.workspace.LangiumDocuments;
    this.parser = services.parser.LangiumParser;
    this.keywords = new Set(
      AstUtils.streamAllContents(services.Grammar)
        .filter(GrammarAST.isKeyword)
        .map(({ value }) => value),
    );
  }

  /** The name at a position, where it is one: keywords, numbers and texts are none. */
  nameToReplace(document: LangiumDocument, position: Position): NameToReplace | undefined {
    const leaf = leafAt(document, position);
    if (leaf === undefined) return undefined;
    const isName = this.names.at(document, position) !== undefined || nameNodeOf(leaf.astNode)?.offset === leaf.offset;
    return isName ? { range: leaf.range, placeholder: leaf.text } : undefined;
  }

  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const { newName } = params;
    const name = this.names.at(document, params.position);
    if (name === undefined) {
      throw refused('There is no name here that could be changed. A name that means nothing yet is changed where it stands.');
    }
    if (name.leaf.text === newName) return { changes: {} };
    if (!nameShape.test(newName)) {
      throw refused(`"${newName}" is no name: names are kebab-case, such as "order-events".`);
    }
    const clash = this.clash(name.target, newName);
    if (clash !== undefined) throw refused(`"${newName}" is already the name of ${clash}.`);
    const edit = await super.rename(document, params);
    if (this.keywords.has(newName)) this.refuseMisreadKeyword(newName, edit?.changes ?? {});
    return edit;
  }

  /** A keyword may be a name where a name may stand, but not at the start of a line: reading the changed files tells. */
  private refuseMisreadKeyword(word: string, changes: Readonly<Record<string, readonly TextEdit[]>>): void {
    for (const document of this.documents.all) {
      const edits = changes[document.uri.toString()];
      if (edits === undefined) continue;
      const before = document.parseResult;
      const after = this.parser.parse(TextDocument.applyEdits(document.textDocument, [...edits]));
      const broken =
        after.parserErrors.length + after.lexerErrors.length > before.parserErrors.length + before.lexerErrors.length;
      if (broken || timesNamed(after.value, word) < timesNamed(before.value, word) + edits.length) {
        throw refused(
          `"${word}" is a word of the language and would be read as that in ${nameOf(document)}; choose another name.`,
        );
      }
    }
  }

  /** What already has the name where the target is seen, for the message. */
  private clash(target: AstNode, name: string): string | undefined {
    if (isZone(target) || isZoneName(target)) {
      const region = isZoneName(target) ? target.$container?.$container : target.$container;
      const zones = isRegion(region)
        ? region.statements.flatMap((statement): readonly (Zone | ZoneName)[] =>
            statement.$type === 'Zone' ? [statement] : statement.$type === 'ZoneList' ? statement.zones : [],
          )
        : [];
      return zones.some((zone) => zone !== target && zone.name === name) ? 'a zone of this region' : undefined;
    }
    if (isBackup(target)) {
      const taken = isComponent(target.$container)
        ? target.$container.statements.some((other) => isBackup(other) && other !== target && other.name === name)
        : false;
      return taken ? 'a backup of this component' : undefined;
    }
    const space = nameSpaceOf(target);
    if (space === undefined) return undefined;
    for (const document of this.filesThatSee(target)) {
      for (const element of fileOf(document)?.elements ?? []) {
        if (element === target || nameSpaceOf(element) !== space) continue;
        if ('name' in element && element.name === name) return `the ${kindOf(element)} in ${nameOf(document)}`;
      }
    }
    return undefined;
  }

  /** All files that stand in one import closure with the target's file. */
  private filesThatSee(target: AstNode): ReadonlySet<LangiumDocument> {
    const home = AstUtils.getDocument(target);
    const seen = new Set<LangiumDocument>();
    for (const document of this.documents.all) {
      const closure = importClosure(this.documents, document);
      if (closure.includes(home)) for (const file of closure) seen.add(file);
    }
    return seen;
  }
}

/** How often a word is a name in a tree: declared or referred to. */
function timesNamed(root: AstNode, word: string): number {
  let count = 0;
  for (const node of AstUtils.streamAst(root)) {
    if ('name' in node && node.name === word && nameNodeOf(node) !== undefined) count++;
    for (const { reference } of AstUtils.streamReferences(node))
      if ('$refText' in reference && reference.$refText === word) count++;
  }
  return count;
}

function nameSpaceOf(node: AstNode): 'name' | 'policy' | 'scenario' | undefined {
  if (isRegion(node) || isComponent(node) || isJourney(node)) return 'name';
  if (isPolicy(node)) return 'policy';
  return isScenario(node) ? 'scenario' : undefined;
}

function kindOf(node: AstNode): string {
  return isComponent(node) ? node.kind : node.$type.toLowerCase();
}

function nameOf(document: LangiumDocument): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}

function refused(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
