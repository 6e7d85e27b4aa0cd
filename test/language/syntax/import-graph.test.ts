import fc from 'fast-check';
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { ImportGraph } from '../../../language/syntax/import-graph.js';
import { importClosure } from '../../../language/syntax/imports.js';

/** Files that import each other as said: for each file the numbers of those it imports. */
function filesWith(imports: readonly (readonly number[])[]) {
  const { shared } = createDrmlCoreServices(EmptyFileSystem);
  const { LangiumDocumentFactory, LangiumDocuments } = shared.workspace;
  const files = imports.map((targets, number) => {
    const text = `${targets.map((target) => `import "./f${target}.drml"\n`).join('')}service s${number} { }\n`;
    const file: LangiumDocument = LangiumDocumentFactory.fromString(text, URI.parse(`memory:///f${number}.drml`));
    LangiumDocuments.addDocument(file);
    return file;
  });
  return { shared, documents: LangiumDocuments, files };
}

describe('who sees whom', () => {
  it('is what following the imports finds, circles and missing files included', () => {
    const edges = fc
      .integer({ min: 1, max: 9 })
      .chain((size) => fc.array(fc.array(fc.nat(size), { maxLength: 4 }), { minLength: size, maxLength: size }));
    fc.assert(
      fc.property(edges, (imports) => {
        const { documents, files } = filesWith(imports);
        const graph = new ImportGraph(documents);
        for (const from of files) {
          const seen = new Set(importClosure(documents, from));
          expect(files.filter((to) => graph.reaches(from, to))).toEqual(files.filter((to) => seen.has(to)));
          const circle = files.some((to) => to !== from && seen.has(to) && importClosure(documents, to).includes(from));
          expect(graph.inCircle(from)).toBe(circle);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows only the files that were there', () => {
    const { documents, files, shared } = filesWith([[1], []]);
    const graph = new ImportGraph(documents);
    const later: LangiumDocument = shared.workspace.LangiumDocumentFactory.fromString('', URI.parse('memory:///later.drml'));
    expect(files.map((file) => graph.knows(file))).toEqual([true, true]);
    expect(graph.knows(later)).toBe(false);
  });
});

describe('a chain of imports', () => {
  it('is linked and checked in work that grows with its length', async () => {
    const milliseconds = async (length: number): Promise<number> => {
      const { shared, files } = filesWith(Array.from({ length }, (_, number) => (number === 0 ? [] : [number - 1])));
      const before = process.cpuUsage();
      await shared.workspace.DocumentBuilder.build(files, { validation: true });
      const { user, system } = process.cpuUsage(before);
      expect(
        files
          .flatMap(({ diagnostics }) => diagnostics ?? [])
          .map(({ message }) => String(message))
          .filter((message) => !message.includes('empty')),
      ).toEqual([]);
      return (user + system) / 1000;
    };
    await milliseconds(100);
    const [short, long] = [await milliseconds(250), await milliseconds(2000)];
    // Eight times the files; were every file compared with all before it, it would be sixty-four times the work.
    expect(long / short).toBeLessThan(24);
  });
});
