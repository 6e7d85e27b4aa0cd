import { type AstNode, GrammarUtils, type LangiumDocument } from 'langium';
import type { DocumentSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver';
import type { TopLevel } from '../../language/generated/ast.js';
import { fileOf } from '../../language/syntax/imports.js';
import { NodeKinds } from './node-kinds.js';

/** The outline: declarations of the file, zones below their region, backups below their component. */
export class DocumentSymbols implements DocumentSymbolProvider {
  private readonly kinds = new NodeKinds();

  getSymbols(document: LangiumDocument): DocumentSymbol[] {
    return (fileOf(document)?.elements ?? []).flatMap((element) => this.ofElement(element));
  }

  private ofElement(element: TopLevel): DocumentSymbol[] {
    switch (element.$type) {
      case 'Import':
        return [];
      case 'ModelBlock':
        return this.symbol(element, element.name, 'model', []);
      case 'Region':
        return this.symbol(
          element,
          element.name,
          'region',
          element.statements.flatMap((statement) => {
            if (statement.$type === 'Zone') return this.symbol(statement, statement.name, 'zone', []);
            if (statement.$type === 'ZoneList')
              return statement.zones.flatMap((zone) => this.symbol(zone, zone.name, 'zone', []));
            return [];
          }),
        );
      case 'Link': {
        const ends = [element.a?.region?.$refText, element.b?.region?.$refText];
        return this.symbol(element, ends.map((end) => end ?? '?').join(' <-> '), 'link', [], 'a');
      }
      case 'Component':
        return this.symbol(
          element,
          element.name,
          element.kind,
          element.statements.flatMap((statement) =>
            statement.$type === 'Backup' ? this.symbol(statement, statement.name, 'backup', []) : [],
          ),
        );
      case 'Journey':
        return this.symbol(element, element.name, 'journey', []);
      case 'Policy':
        return this.symbol(element, element.name, 'policy', []);
      case 'Defaults':
        return this.symbol(element, element.kind === undefined ? 'defaults' : `defaults ${element.kind}`, '', []);
      case 'Scenario':
        return this.symbol(element, element.name, 'scenario', []);
      case 'Drill':
        return this.symbol(element, element.scenario?.$refText, `drill on ${element.date}`, [], 'scenario');
    }
  }

  private symbol(
    node: AstNode,
    name: string | undefined,
    detail: string,
    children: DocumentSymbol[],
    property = 'name',
  ): DocumentSymbol[] {
    const cst = node.$cstNode;
    // A declaration that is being typed has no name yet; editors refuse symbols without one.
    if (cst === undefined || name === undefined || name === '') return [];
    const start = cst.range.start;
    const selectionRange = GrammarUtils.findNodeForProperty(cst, property)?.range ?? { start, end: start };
    return [{ name, detail, kind: this.kinds.getSymbolKind(node), range: cst.range, selectionRange, children }];
  }
}
