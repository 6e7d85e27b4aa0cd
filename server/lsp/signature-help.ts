import type { LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { ParameterInformation, SignatureHelp, SignatureHelpParams, SignatureInformation } from 'vscode-languageserver';
import { activePart, type FormAt, formsAt } from '../../language/syntax/completion/forms-at.js';
import { CursorPlaces } from '../../language/syntax/completion/place.js';
import type { ClientAbilities } from './client-abilities.js';

/** Shows how the statement at the cursor is written, with the part that is due. */
export class SignatureHints {
  private readonly places: CursorPlaces;

  constructor(
    services: LangiumServices,
    private readonly client: ClientAbilities,
  ) {
    this.places = new CursorPlaces(services);
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
        label: this.client.findsPartsByOffset ? [start, label.length] : part.text,
        documentation: { kind: 'markdown', value: part.meaning },
      };
    });
    return { label, documentation: { kind: 'markdown', value: meaning }, parameters, activeParameter };
  }
}
