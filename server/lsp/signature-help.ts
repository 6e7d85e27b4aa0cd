import type { LangiumDocument } from 'langium';
import type { LangiumServices, SignatureHelpProvider } from 'langium/lsp';
import type { SignatureHelp, SignatureHelpOptions, SignatureHelpParams, SignatureInformation } from 'vscode-languageserver';
import { activePart, formsAt } from '../../language/syntax/completion/forms-at.js';
import { CursorPlaces } from '../../language/syntax/completion/place.js';
import type { StatementForm } from '../../language/syntax/statement-forms.js';

/** Shows how the statement at the cursor is written, with the part that is due. */
export class SignatureHints implements SignatureHelpProvider {
  readonly signatureHelpOptions: SignatureHelpOptions = {
    triggerCharacters: [' ', '{'],
    retriggerCharacters: [',', '.', '"', '}'],
  };

  private readonly places: CursorPlaces;

  constructor(services: LangiumServices) {
    this.places = new CursorPlaces(services);
  }

  provideSignatureHelp(document: LangiumDocument, params: SignatureHelpParams): SignatureHelp | undefined {
    const at = this.places.at(document, document.textDocument.offsetAt(params.position));
    if (at === undefined) return undefined;
    const forms = formsAt(at);
    if (forms.length === 0) return undefined;
    const signatures = forms.map(({ form, meaning }, index) => signatureOf(form, meaning, activePart(forms[index], at)));
    return { signatures, activeSignature: 0, activeParameter: signatures[0]?.activeParameter ?? 0 };
  }
}

function signatureOf(form: StatementForm, meaning: string, active: number): SignatureInformation {
  let label = form.phrase;
  const parameters = form.parts.map(({ text, meaning: documentation }) => {
    const start = label.length + 1;
    label += ` ${text}`;
    return { label: [start, label.length] as [number, number], documentation };
  });
  return { label, documentation: { kind: 'markdown', value: meaning }, parameters, activeParameter: active };
}
