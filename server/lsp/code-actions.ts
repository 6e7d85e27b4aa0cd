import type { LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { type CodeAction, CodeActionKind, type CodeActionParams, CodeActionTriggerKind } from 'vscode-languageserver';
import { formatterOf } from '../../language/refactor/formatted.js';
import type { ClientAbilities } from './client-abilities.js';
import { assumptionActions } from './code-actions/assumption-actions.js';
import { fixAllKind } from './code-actions/kinds.js';
import { languageFixes } from './code-actions/language-fixes.js';
import { missingFileActions } from './code-actions/missing-files.js';
import { type Asked, refactorActions } from './code-actions/refactor-actions.js';
import { ruleFixes } from './code-actions/rule-fixes.js';
import { fixAllActions, organizeImportsActions } from './code-actions/source-actions.js';
import type { Figures } from './figures.js';
import { madeOnce, meaning } from './on-demand.js';
import { unresolvedNameActions } from './unresolved-names.js';
import { namesVisibleAt } from './visible-names.js';

/** Everything that can be done at a place: fixes, refactorings, and what concerns the whole file. Each family has a file of its own. */
export class CodeActions {
  private readonly format: (text: string) => string;
  private readonly gains = madeOnce(async () => new (await meaning()).FixGains());

  constructor(
    private readonly services: LangiumServices,
    private readonly figures: () => Figures,
    private readonly client: ClientAbilities,
  ) {
    this.format = formatterOf(services);
  }

  async getCodeActions(document: LangiumDocument, params: CodeActionParams): Promise<CodeAction[]> {
    const { only, triggerKind } = params.context;
    const asked: Asked = {
      wants: (kind) => only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`)),
      // Clients that do not say why they ask are taken to ask for a person.
      byPerson: triggerKind !== CodeActionTriggerKind.Automatic,
    };
    const documents = this.services.shared.workspace.LangiumDocuments;
    const figures = this.figures();
    const actions: CodeAction[] = [];
    if (asked.wants(CodeActionKind.QuickFix)) {
      actions.push(
        ...languageFixes(documents, document, params),
        ...unresolvedNameActions(documents, document, params, namesVisibleAt(this.services)),
        ...(this.client.createsFiles ? missingFileActions(documents, document, params) : []),
        ...(await ruleFixes(documents, document, params, figures, asked.byPerson ? await this.gains() : undefined)),
      );
    }
    if (asked.wants(CodeActionKind.RefactorRewrite)) actions.push(...assumptionActions(documents, document, params, figures));
    const parts = { figures, client: this.client, format: this.format };
    actions.push(...refactorActions(documents, document, params, parts, asked));
    if (asked.byPerson && asked.wants(fixAllKind)) actions.push(...fixAllActions(documents, document, figures));
    if (asked.byPerson && asked.wants(CodeActionKind.SourceOrganizeImports)) {
      actions.push(...organizeImportsActions(documents, document, figures));
    }
    return eachOnce(actions);
  }
}

/** Of actions that do the same the first one, preferred where all of them are. */
function eachOnce(actions: readonly CodeAction[]): CodeAction[] {
  const found = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = action.edit === undefined ? action.title : JSON.stringify([action.kind, action.edit]);
    const before = found.get(key);
    if (before === undefined) found.set(key, action);
    else if (action.kind === CodeActionKind.QuickFix) {
      const diagnostics = before.diagnostics?.length ? before.diagnostics : (action.diagnostics ?? []);
      found.set(key, { ...before, diagnostics, isPreferred: before.isPreferred === true && action.isPreferred === true });
    }
  }
  return [...found.values()];
}
