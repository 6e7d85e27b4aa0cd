import type { DeepPartial, Module } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { CallHierarchy } from './call-hierarchy.js';
import { Definitions } from './definition.js';
import type { RulePage } from './diagnostics.js';
import { DocumentLinks } from './document-links.js';
import { DocumentSymbols } from './document-symbols.js';
import { Folding } from './folding.js';
import { guarded, type Log } from './guarded.js';
import { Highlights } from './highlights.js';
import { Implementations } from './implementation.js';
import { Names } from './name-at.js';
import { FindReferences } from './references.js';
import { Rename } from './rename.js';

/** The services that lead from one place of the text to others, each guarded: an error in one of them costs one answer. */
export function navigationModule(
  rulePage: () => RulePage,
  log: Log,
): Module<LangiumServices, DeepPartial<Pick<LangiumServices, 'lsp'>>> {
  const definitions = (services: LangiumServices): Definitions =>
    guarded('definition', new Definitions(services, new Names(services)), log);
  return {
    lsp: {
      CallHierarchyProvider: (services) => guarded('call hierarchy', new CallHierarchy(services, new Names(services)), log),
      DeclarationProvider: definitions,
      DefinitionProvider: definitions,
      DocumentHighlightProvider: (services) => guarded('highlights', new Highlights(new Names(services)), log),
      DocumentLinkProvider: (services) => guarded('document links', new DocumentLinks(services, rulePage), log),
      DocumentSymbolProvider: () => guarded('document symbols', new DocumentSymbols(), log),
      FoldingRangeProvider: () => guarded('folding', new Folding(), log),
      ImplementationProvider: (services) => guarded('implementation', new Implementations(new Names(services)), log),
      ReferencesProvider: (services) => guarded('references', new FindReferences(services), log),
      RenameProvider: (services) => guarded('rename', new Rename(services, new Names(services)), log),
    },
  };
}
