import type { LangiumDocument, MaybePromise } from 'langium';
import type { CodeActionProvider, CompletionProvider, LangiumServices, SignatureHelpProvider } from 'langium/lsp';
import type {
  CodeAction,
  CodeActionParams,
  CompletionItem,
  CompletionList,
  CompletionOptions,
  CompletionParams,
  SignatureHelp,
  SignatureHelpOptions,
  SignatureHelpParams,
} from 'vscode-languageserver';
import type { ClientAbilities } from './client-abilities.js';
import type { CodeActions } from './code-actions.js';
import type { Completion } from './completion/completion.js';
import type { Figures } from './figures.js';
import { askedOf, codeActions, madeOnce, proposals } from './on-demand.js';
import type { SignatureHints } from './signature-help.js';

/** Fixes and refactorings, loaded when a client first asks for some. */
export class LateCodeActions implements CodeActionProvider {
  private readonly feature: () => Promise<CodeActions>;

  constructor(services: LangiumServices, figures: () => Figures, client: ClientAbilities) {
    this.feature = madeOnce(async () => new (await codeActions()).CodeActions(services, figures, client));
  }

  getCodeActions(document: LangiumDocument, params: CodeActionParams): MaybePromise<CodeAction[]> {
    return askedOf(this.feature, document, (feature) => feature.getCodeActions(document, params));
  }
}

/** Completion, loaded when a client first asks for it. What it reacts to is said before. */
export class LateCompletion implements CompletionProvider {
  readonly completionOptions: CompletionOptions = { triggerCharacters: ['.', '"', '/', ' '], resolveProvider: true };

  private readonly feature: () => Promise<Completion>;

  constructor(services: LangiumServices, figures: () => Figures, client: ClientAbilities) {
    this.feature = madeOnce(async () => new (await proposals()).Completion(services, figures, client));
  }

  getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList> {
    return askedOf(this.feature, document, (feature) => feature.getCompletion(document, params));
  }

  /** Adds to an item what is shown once somebody looks at it. */
  async resolve(item: CompletionItem): Promise<CompletionItem> {
    return (await this.feature()).resolve(item);
  }
}

/** Signature help, loaded when a client first asks for it. What it reacts to is said before. */
export class LateSignatureHints implements SignatureHelpProvider {
  readonly signatureHelpOptions: SignatureHelpOptions = {
    triggerCharacters: [' ', '{'],
    retriggerCharacters: [',', '.', '"', '}'],
  };

  private readonly feature: () => Promise<SignatureHints>;

  constructor(services: LangiumServices, client: ClientAbilities) {
    this.feature = madeOnce(async () => new (await proposals()).SignatureHints(services, client));
  }

  provideSignatureHelp(document: LangiumDocument, params: SignatureHelpParams): Promise<SignatureHelp | undefined> {
    return askedOf(this.feature, document, (feature) => feature.provideSignatureHelp(document, params));
  }
}
