import type { LangiumDocument } from 'langium';
import type { LangiumServices, SignatureHelpProvider } from 'langium/lsp';
import type {
  ParameterInformation,
  SignatureHelp,
  SignatureHelpOptions,
  SignatureHelpParams,
  SignatureInformation,
} from 'vscode-languageserver';
import { activePart, type FormAt, formsAt } from '../../language/syntax/completion/forms-at.js';
import { CursorPlaces } from '../../language/syntax/completion/place.js';

/** Shows how the statement at the cursor is written, with the part that is due. */
export class SignatureHints implements SignatureHelpProvider {
  readonly signatureHelpOptions: SignatureHelpOptions = {
    triggerCharacters: [' ', '{'],
    retriggerCharacters: [',', '.', '"', '}'],
  };

  private readonly places: CursorPlaces;
  /** Whether the client finds a part by its place in the label; else it looks for the text of the part. */
  private takesOffsets = false;

  constructor(services: LangiumServices) {
    this.places = new CursorPlaces(services);
    services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      const { signatureInformation } = capabilities.textDocument?.signatureHelp ?? {};
      this.takesOffsets = signatureInformation?.parameterInformation?.labelOffsetSupport === true;
    });
  }

  provideSignatureHelp(document: LangiumDocument, params: SignatureHelpParams): SignatureHelp | undefined {
    const at = this.places.at(document, document.textDocument.offsetAt(params.position));
    if (at === undefined) return undefined;
    const signatures = formsAt(at).map((form) => this.signatureOf(form, activePart(form, at)));
    const [first] = signatures;
    return first && { signatures, activeSignature: 0, activeParameter: first.activeParameter ?? 0 };
  }

  private signatureOf({ form, meaning, isBlock }: FormAt, activeParameter: number): SignatureInformation {
    let label = form.phrase;
    const parameters = form.parts.map((part, index): ParameterInformation => {
      // The statements of a block follow each other; the parts of a statement are one text.
      label += isBlock && index > 0 ? ' \u00b7 ' : ' ';
      const start = label.length;
      label += part.text;
      return {
        label: this.takesOffsets ? [start, label.length] : part.text,
        documentation: { kind: 'markdown', value: part.meaning },
      };
    });
    return { label, documentation: { kind: 'markdown', value: meaning }, parameters, activeParameter };
  }
}
