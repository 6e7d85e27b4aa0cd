import type { LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams } from 'vscode-languageserver';
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
    const given: unknown = initializationOptions;
    const named: unknown = typeof given === 'object' && given !== null && 'commands' in given ? given.commands : undefined;
    this.commands = new Set(Array.isArray(named) ? named.filter((each) => typeof each === 'string') : []);
  }
}
