/** Fixtures of the checks: `.drml` text in which every problem is written under its line. */
import { EmptyFileSystem, URI } from 'langium';
import type { Diagnostic } from 'vscode-languageserver-types';
import type { ProblemData } from '../../../../language/syntax/checks/document-validator.js';
import { createDrmlCoreServices } from '../../../../language/syntax/drml-module.js';
import type { Files } from '../../model-of.js';

const marker = /^\/\/( +\^+| ~) (error|warning) /;
const nextFile = /^\/\/ file: (.+)$/;

/** The files of a fixture, without the markers. The first part is `name`, others follow a line `// file: NAME`. */
export function filesOf(name: string, text: string): Files {
  const files: Record<string, string> = {};
  let current = name;
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const next = nextFile.exec(line)?.[1];
    if (next !== undefined) {
      files[current] = lines.join('\n');
      current = next;
      lines = [];
    } else if (!marker.test(line)) lines.push(line);
  }
  files[current] = lines.join('\n');
  return files;
}

const { shared } = createDrmlCoreServices(EmptyFileSystem);
const { DocumentBuilder, LangiumDocumentFactory, LangiumDocuments } = shared.workspace;

/** What is wrong with each file. The services are shared between calls, the files are not. */
export async function problemsOf(files: Files): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const documents = Object.entries(files).map(([path, text]) =>
    LangiumDocumentFactory.fromString(text, URI.parse(`memory:///${path}`)),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  await DocumentBuilder.build(documents, { validation: true });
  const names = Object.keys(files);
  const problems = new Map(documents.map((document, index) => [names[index] ?? '', document.diagnostics ?? []]));
  await DocumentBuilder.update(
    [],
    documents.map((document) => document.uri),
  );
  return problems;
}

/** The text of a fixture with its problems written under their lines: carets from the third column on, a tilde before that. */
export async function annotated(files: Files): Promise<string> {
  const problems = await problemsOf(files);
  return Object.entries(files)
    .map(([name, text], index) => `${index === 0 ? '' : `// file: ${name}\n`}${annotate(text, problems.get(name) ?? [])}`)
    .join('\n');
}

function annotate(text: string, diagnostics: readonly Diagnostic[]): string {
  return text
    .split('\n')
    .flatMap((line, index) => [
      line,
      ...diagnostics.filter(({ range }) => range.start.line === index).map((diagnostic) => comment(line, diagnostic)),
    ])
    .join('\n');
}

function comment(line: string, { range, severity, message, data }: Diagnostic): string {
  const { code, fix } = data as ProblemData;
  const { start, end } = range;
  const length = Math.max(1, (end.line === start.line ? end.character : line.length) - start.character);
  const mark = start.character < 3 ? ' ~' : `${' '.repeat(start.character - 2)}${'^'.repeat(length)}`;
  return `//${mark} ${severity === 1 ? 'error' : 'warning'} ${code}: ${message}${fix === undefined ? '' : ` [${fix.title}]`}`;
}
