/** What must hold of every text, whatever it says: it is read in time, and its diagnostics lie in it and say something. */
import { DocumentState, EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import type { DrmlFile } from '../../../../language/generated/ast.js';
import { buildModel } from '../../../../language/model/build.js';
import type { ProblemData } from '../../../../language/syntax/checks/document-validator.js';
import { createDrmlCoreServices } from '../../../../language/syntax/drml-module.js';
import { importClosure } from '../../../../language/syntax/imports.js';

const { shared } = createDrmlCoreServices(EmptyFileSystem);
const { DocumentBuilder, LangiumDocumentFactory, LangiumDocuments } = shared.workspace;

/** Langium catches what a step of the build throws and only logs it. */
const logged: string[] = [];
console.error = (...parts: readonly unknown[]): void => {
  logged.push(parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '));
};

/** What fuzzed files import by `./b.drml`: a file that imports them back and declares some of the same names. */
const neighbour = `import "./fuzzed.drml"
region r { zones a, b }
service b { requires a }
policy gold { grace 5s }
defaults { mtbf 3d }
`;

/** CPU seconds after which a text of a few hundred characters counts as a hang. */
const mostSeconds = 2;

/** Reads, links, checks and lowers a text; says what went wrong with it, or undefined where all is well. */
export async function faultOf(text: string): Promise<string | undefined> {
  const started = process.cpuUsage();
  const document = LangiumDocumentFactory.fromString<DrmlFile>(text, URI.parse('memory:///fuzzed.drml'));
  try {
    LangiumDocuments.addDocument(document);
    logged.length = 0;
    const documents = [document];
    if (text.includes('./b.drml')) {
      documents.push(LangiumDocumentFactory.fromString<DrmlFile>(neighbour, URI.parse('memory:///b.drml')));
      LangiumDocuments.addDocument(documents.at(-1) ?? document);
    }
    await DocumentBuilder.build(documents, { validation: true });
    const error = logged.pop();
    if (error !== undefined) return `logged ${error}`;
    if (document.state < DocumentState.Validated) return 'was not checked';
    for (const each of documents) {
      const fault = diagnosticFault(each);
      if (fault !== undefined) return fault;
    }
    buildModel(importClosure(LangiumDocuments, document) as readonly LangiumDocument<DrmlFile>[]);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    await DocumentBuilder.update([], LangiumDocuments.all.map(({ uri }) => uri).toArray());
  }
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  return seconds > mostSeconds ? `took ${seconds.toFixed(1)} CPU seconds` : undefined;
}

/** What is wrong with the diagnostics of a document: places outside it, messages that say nothing. */
export function diagnosticFault({
  textDocument,
  diagnostics = [],
}: Pick<LangiumDocument, 'textDocument' | 'diagnostics'>): string | undefined {
  const text = textDocument.getText();
  for (const { range, message: said, data } of diagnostics) {
    const message = typeof said === 'string' ? said : said.value;
    const shown = `"${message}" at ${JSON.stringify(range)}`;
    for (const position of [range.start, range.end]) {
      const back = textDocument.positionAt(textDocument.offsetAt(position));
      if (back.line !== position.line || back.character !== position.character) return `a place outside the file: ${shown}`;
    }
    if (textDocument.offsetAt(range.start) > textDocument.offsetAt(range.end)) return `an end before its start: ${shown}`;
    if (message.length < 12 || /\bundefined\b|\bNaN\b|\[object |An error occurred/.test(message.replaceAll(/`[^`]*`/g, '')))
      return `a message that says nothing: ${shown}`;
    const { code, fix } = data as ProblemData;
    if (typeof code !== 'string' || code === '') return `no code: ${shown}`;
    if (fix !== undefined && !(fix.start >= 0 && fix.start <= fix.end && fix.end <= text.length))
      return `a fix outside the file: ${shown}`;
  }
  return undefined;
}
