import { type AstNode, CstUtils, type LangiumDocument, type LangiumDocuments } from 'langium';
import { DefaultRenameProvider, type LangiumServices } from 'langium/lsp';
import { LSPErrorCodes, type RenameParams, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
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

const nameShape = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Renames a declaration and every use of it in all files, and refuses names that would not mean the same afterwards. */
export class Rename extends DefaultRenameProvider {
  private readonly documents: LangiumDocuments;

  constructor(services: LangiumServices) {
    super(services);
    this.documents = services.shared.workspace.LangiumDocuments;
  }

  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const { newName } = params;
    if (!nameShape.test(newName)) {
      throw refused(`"${newName}" is no name: names are kebab-case, such as "order-events".`);
    }
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(params.position);
    const leaf =
      root === undefined ? undefined : CstUtils.findDeclarationNodeAtOffset(root, offset, this.grammarConfig.nameRegexp);
    const target = leaf === undefined ? undefined : this.references.findDeclarations(leaf)[0];
    if (target !== undefined) {
      const clash = this.clash(target, newName);
      if (clash !== undefined) throw refused(`"${newName}" is already the name of ${clash}.`);
    }
    return super.rename(document, params);
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
        if ('name' in element && element.name === name)
          return `the ${isComponent(element) ? element.kind : space} in ${nameOf(document)}`;
      }
    }
    return undefined;
  }

  /** All files that stand in one import closure with the target's file. */
  private filesThatSee(target: AstNode): ReadonlySet<LangiumDocument> {
    const home = this.documentOf(target);
    const seen = new Set<LangiumDocument>();
    for (const document of this.documents.all) {
      const closure = importClosure(this.documents, document);
      if (home !== undefined && closure.includes(home)) for (const file of closure) seen.add(file);
    }
    return seen;
  }

  private documentOf(node: AstNode): LangiumDocument | undefined {
    let current: AstNode | undefined = node;
    while (current?.$container !== undefined) current = current.$container;
    return current?.$document;
  }
}

function nameSpaceOf(node: AstNode): 'name' | 'policy' | 'scenario' | undefined {
  if (isRegion(node) || isComponent(node) || isJourney(node)) return 'name';
  if (isPolicy(node)) return 'policy';
  return isScenario(node) ? 'scenario' : undefined;
}

function nameOf(document: LangiumDocument): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}

function refused(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
