import type { AstNode, AstNodeDescription } from 'langium';
import type { NodeKindProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver';

interface Kinds {
  readonly symbol: SymbolKind;
  readonly completion: CompletionItemKind;
}

const kinds: Readonly<Record<string, Kinds>> = {
  ModelBlock: { symbol: SymbolKind.Package, completion: CompletionItemKind.Module },
  Region: { symbol: SymbolKind.Namespace, completion: CompletionItemKind.Module },
  Zone: { symbol: SymbolKind.EnumMember, completion: CompletionItemKind.EnumMember },
  ZoneName: { symbol: SymbolKind.EnumMember, completion: CompletionItemKind.EnumMember },
  Link: { symbol: SymbolKind.Interface, completion: CompletionItemKind.Interface },
  Component: { symbol: SymbolKind.Class, completion: CompletionItemKind.Class },
  Journey: { symbol: SymbolKind.Event, completion: CompletionItemKind.Event },
  Policy: { symbol: SymbolKind.Struct, completion: CompletionItemKind.Struct },
  Defaults: { symbol: SymbolKind.Struct, completion: CompletionItemKind.Struct },
  Backup: { symbol: SymbolKind.Field, completion: CompletionItemKind.Field },
  Scenario: { symbol: SymbolKind.Function, completion: CompletionItemKind.Function },
  Drill: { symbol: SymbolKind.Constant, completion: CompletionItemKind.Constant },
};

const unknownKinds: Kinds = { symbol: SymbolKind.Field, completion: CompletionItemKind.Reference };

/** The icons of declarations in outlines, searches and completion lists. */
export class NodeKinds implements NodeKindProvider {
  getSymbolKind(node: AstNode | AstNodeDescription): SymbolKind {
    return kindsOf(node).symbol;
  }

  getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
    return kindsOf(node).completion;
  }
}

function kindsOf(node: AstNode | AstNodeDescription): Kinds {
  return kinds['$type' in node ? node.$type : node.type] ?? unknownKinds;
}
