import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { DrmlDocumentValidator } from '../checks/document-validator.js';
import { ElementReader } from './element-edit.js';
import { splice, splicePlan } from './element-splice.js';
import { replaceText } from './placed-cst.js';
import { changeBetween } from './text-change.js';

/**
 * Brings built documents to a new text where the change stays inside one top-level element: that element alone is read, linked and
 * checked again. What results is what a build from nothing gives.
 */
export class EditInPlace {
  private readonly reader: ElementReader;

  constructor(private readonly services: LangiumCoreServices) {
    this.reader = new ElementReader(services);
  }

  /**
   * Brings a document, which must be built, to the text that its text document has. False where the file has to be read as a whole;
   * then nothing was changed.
   */
  apply(document: LangiumDocument): boolean {
    const validator = this.services.validation.DocumentValidator;
    if (!(validator instanceof DrmlDocumentValidator) || validator.problemsOf(document) === undefined) return false;
    const before = document.parseResult.value.$cstNode?.root.fullText;
    const after = document.textDocument.getText();
    if (before === undefined) return false;
    const change = changeBetween(before, after);
    if (change === undefined) return true;
    const edit = this.reader.read(document, before, after, change);
    const plan = edit === undefined ? undefined : splicePlan(document, edit);
    if (edit === undefined || plan === undefined) return false;
    try {
      splice(document, edit, plan, change, after);
      const diagnostics = validator.validateAgain(document, edit.index, { from: change.oldEnd, characters: edit.characters });
      if (diagnostics !== undefined) document.diagnostics = diagnostics;
      return true;
    } catch (error) {
      console.error('An edit in place failed.', error);
      // A text that is not the document's makes the builder read it anew.
      replaceText(edit.root, `${after}\n`);
      return false;
    }
  }

  /** Whether an edit in place of one document may change what is said of another. */
  concerns(edited: LangiumDocument, other: LangiumDocument): boolean {
    const validator = this.services.validation.DocumentValidator;
    return validator instanceof DrmlDocumentValidator && validator.problemsOf(other)?.dependsOn(edited) === true;
  }
}
