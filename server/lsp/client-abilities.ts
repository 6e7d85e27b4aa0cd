import type { LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams } from 'vscode-languageserver';
import type { CompletionClient } from './completion/item-list.js';
import type { ClientCommand } from './protocol.js';

/** What the client said that it can do. A plain client, which says nothing, gets what every editor understands. */
export class ClientAbilities {
  private commands: ReadonlySet<string> = new Set();
  /** Whether an edit may make files. */
  createsFiles = false;
  /** Whether it shows why an action cannot be carried out. */
  showsDisabled = false;
  /** Whether it asks for the tooltip of a hint when the hint is pointed at. */
  resolvesHints = false;
  /** What it understands of the items of a completion. */
  completion: CompletionClient = { snippets: false, insertReplace: false, labelDetails: false };
  /** Whether it finds a part of a signature by its place in the label; else it looks for the text of the part. */
  findsPartsByOffset = false;

  constructor(shared: LangiumSharedServices) {
    shared.lsp.LanguageServer.onInitialize((params) => this.read(params));
  }

  /** Whether the client runs this command. */
  has(command: ClientCommand): boolean {
    return this.commands.has(command);
  }

  private read({ capabilities, initializationOptions }: InitializeParams): void {
    const edits = capabilities.workspace?.workspaceEdit;
    this.createsFiles = edits?.documentChanges === true && edits.resourceOperations?.includes('create') === true;
    this.showsDisabled = capabilities.textDocument?.codeAction?.disabledSupport === true;
    this.resolvesHints = capabilities.textDocument?.inlayHint?.resolveSupport?.properties.includes('tooltip') === true;
    const item = capabilities.textDocument?.completion?.completionItem;
    this.completion = {
      snippets: item?.snippetSupport === true,
      insertReplace: item?.insertReplaceSupport === true,
      labelDetails: item?.labelDetailsSupport === true,
    };
    const signature = capabilities.textDocument?.signatureHelp?.signatureInformation;
    this.findsPartsByOffset = signature?.parameterInformation?.labelOffsetSupport === true;
    const given: unknown = initializationOptions;
    const named: unknown = typeof given === 'object' && given !== null && 'commands' in given ? given.commands : undefined;
    this.commands = new Set(Array.isArray(named) ? named.filter((each) => typeof each === 'string') : []);
  }
}
