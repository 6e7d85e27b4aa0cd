import { type AstNode, interruptAndCheck, type LangiumDocument, UriUtils } from 'langium';
import type { LangiumSharedServices, WorkspaceSymbolProvider } from 'langium/lsp';
import type { CancellationToken, WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver';
import type { TopLevel } from '../../language/generated/ast.js';
import { fileOf } from '../../language/syntax/imports.js';
import { nameNodeOf } from './name-at.js';

/** Symbols an answer holds at most: nobody reads further, and a search in a large workspace is asked with every letter. */
const limit = 200;

interface Match {
  readonly document: LangiumDocument;
  readonly node: AstNode;
  readonly name: string;
  readonly container: string | undefined;
  /** The smaller, the better. */
  readonly rank: number;
}

/** Finds declarations of all files by parts of their names: whole names first, then beginnings, then parts of words, then letters in order. */
export class WorkspaceSymbols implements WorkspaceSymbolProvider {
  constructor(private readonly services: LangiumSharedServices) {}

  async getSymbols({ query }: WorkspaceSymbolParams, token?: CancellationToken): Promise<WorkspaceSymbol[]> {
    const wanted = query.trim().toLowerCase();
    const matches: Match[] = [];
    for (const document of this.services.workspace.LangiumDocuments.all) {
      if (token !== undefined) await interruptAndCheck(token);
      for (const element of fileOf(document)?.elements ?? []) {
        for (const { node, name, container } of declarationsOf(element)) {
          const rank = rankOf(name.toLowerCase(), wanted);
          if (rank !== undefined) matches.push({ document, node, name, container, rank });
        }
      }
    }
    matches.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return matches.slice(0, limit).flatMap((match) => this.symbol(match));
  }

  private symbol({ document, node, name, container }: Match): readonly WorkspaceSymbol[] {
    const at = nameNodeOf(node);
    if (at === undefined) return [];
    const file = UriUtils.basename(document.uri);
    return [
      {
        name,
        kind: this.services.lsp.NodeKindProvider.getSymbolKind(node),
        containerName: container === undefined ? file : `${container}, ${file}`,
        location: { uri: document.uri.toString(), range: at.range },
      },
    ];
  }
}

interface Declaration {
  readonly node: AstNode;
  readonly name: string;
  readonly container: string | undefined;
}

function declarationsOf(element: TopLevel): readonly Declaration[] {
  const named = (node: AstNode, name: string | undefined, container?: string): readonly Declaration[] =>
    name === undefined || name === '' ? [] : [{ node, name, container }];
  switch (element.$type) {
    case 'Region':
      return [
        ...named(element, element.name),
        ...element.statements.flatMap((statement) => {
          const zones = statement.$type === 'Zone' ? [statement] : statement.$type === 'ZoneList' ? statement.zones : [];
          return zones.flatMap((zone) => named(zone, zone.name, element.name));
        }),
      ];
    case 'Component':
      return [
        ...named(element, element.name),
        ...element.statements.flatMap((each) => (each.$type === 'Backup' ? named(each, each.name, element.name) : [])),
      ];
    case 'ModelBlock':
    case 'Journey':
    case 'Policy':
    case 'Scenario':
      return named(element, element.name);
    case 'Import':
    case 'Link':
    case 'Defaults':
    case 'Drill':
      return [];
  }
}

/** How well a name matches: 0 for the whole name, more for less; undefined where the letters do not stand in it in order. */
function rankOf(name: string, query: string): number | undefined {
  if (query === '' || name === query) return 0;
  const at = name.indexOf(query);
  if (at === 0) return 1;
  if (at > 0) return name[at - 1] === '-' ? 2 : 3;
  let found = -1;
  for (const letter of query) {
    found = name.indexOf(letter, found + 1);
    if (found < 0) return undefined;
  }
  return 4;
}
