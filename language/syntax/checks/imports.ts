/** Imports: that each names a file that is there, once, and that no file imports itself in a circle. */
import { type LangiumDocument, UriUtils } from 'langium';
import { importsOf, isImportPath, type ResolvedImport } from '../imports.js';
import { nearest } from '../nearest.js';
import { excerpt } from './phrases.js';
import { type ProblemFix, type Report, removal, type Span, spanOfProperty } from './problem.js';
import { importPath, type Surroundings } from './surroundings.js';

/** A missing file is compared with so many others. */
const mostCompared = 1000;

/** Reports imports that bring nothing, or bring it twice. */
export function checkImports(around: Surroundings, report: Report): void {
  const seen = new Map<string, ResolvedImport>();
  const here = around.document.uri.toString();
  let cycleReported = false;
  for (const each of importsOf(around.document)) {
    const { node, uri } = each;
    if (node.path === undefined) continue;
    const at = spanOfProperty(node, 'path');
    if (uri === undefined && isImportPath(node.path)) {
      report({
        severity: 'error',
        code: 'syntax/import-missing',
        message: `\`${excerpt(node.path)}\` is looked for beside this file, which is in no folder yet. Save this file first.`,
        at,
      });
      continue;
    }
    if (uri === undefined) {
      const fix = mendedPath(node.path, at);
      const hint = fix === undefined ? 'for example `import "./platform.drml"`' : `write \`import ${fix.text}\``;
      report({
        severity: 'error',
        code: 'syntax/import-path',
        message: `\`${excerpt(node.path)}\` cannot be imported: a path starts with \`./\` or \`../\` and ends in \`.drml\`; ${hint}.`,
        at,
        ...(fix === undefined ? {} : { fix }),
      });
      continue;
    }
    const target = uri.toString();
    const before = seen.get(target);
    if (target === here) {
      report({
        severity: 'error',
        code: 'syntax/import-self',
        message: 'This file imports itself; its own names are visible anyway. Remove the import.',
        at,
        fix: removal(node, 'Remove this import'),
      });
    } else if (before !== undefined) {
      report({
        severity: 'warning',
        code: 'syntax/duplicate-import',
        message: `\`${excerpt(node.path)}\` is already imported; once is enough.`,
        at,
        fix: removal(node, 'Remove this import'),
        related: { node: before.node, at: spanOfProperty(before.node, 'path'), message: 'The first import.' },
      });
    } else if (!around.documents.hasDocument(uri)) {
      const meant = knownPath(around, node.path);
      report({
        severity: 'error',
        code: 'syntax/import-missing',
        message: `There is no file \`${excerpt(node.path)}\` beside this one, or it cannot be read.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
        at,
        ...(meant === undefined ? {} : { fix: { title: `Change to "${meant}"`, ...at, text: `"${meant}"` } }),
      });
    } else if (!cycleReported) {
      const cycle = cycleThrough(around, target);
      if (cycle !== undefined) {
        cycleReported = true;
        report({
          severity: 'warning',
          code: 'syntax/import-cycle',
          message: `These files import each other in a circle: ${cycle.map(fileName).join(' → ')}. Move what they share into a file of its own.`,
          at,
        });
      }
    }
    seen.set(target, each);
  }
}

/** Of the files that are known, the one whose path from here is most like the one written. */
function knownPath(around: Surroundings, path: string): string | undefined {
  const known = around.documents.all.filter((document) => document !== around.document).limit(mostCompared);
  return nearest(path, known.map((document) => importPath(around.document, document)).toArray());
}

/** The shortest way from this file over the import back to it, both ends included; undefined where there is none. */
function cycleThrough(around: Surroundings, first: string): readonly LangiumDocument[] | undefined {
  if (!around.names().graph.inCircle(around.document)) return undefined;
  const here = around.document.uri.toString();
  const start = [...around.closure()].find((document) => document.uri.toString() === first);
  if (start === undefined) return undefined;
  const cameFrom = new Map<string, LangiumDocument>([[first, around.document]]);
  const queue: LangiumDocument[] = [start];
  for (let index = 0; index < queue.length; index++) {
    const document = queue[index];
    if (document === undefined) break;
    for (const { uri } of importsOf(document)) {
      const next = uri === undefined ? undefined : around.documents.getDocument(uri);
      if (next === undefined) continue;
      if (next.uri.toString() === here) return wayBack(around.document, document, cameFrom);
      if (cameFrom.has(next.uri.toString())) continue;
      cameFrom.set(next.uri.toString(), document);
      queue.push(next);
    }
  }
  return undefined;
}

function wayBack(
  root: LangiumDocument,
  last: LangiumDocument,
  cameFrom: ReadonlyMap<string, LangiumDocument>,
): readonly LangiumDocument[] {
  const way: LangiumDocument[] = [root];
  for (let at: LangiumDocument | undefined = last; at !== undefined && at !== root; at = cameFrom.get(at.uri.toString()))
    way.unshift(at);
  return [root, ...way];
}

function fileName(document: LangiumDocument): string {
  return UriUtils.basename(document.uri);
}

/** `platform` → `"./platform.drml"`, where a relative path was certainly meant. */
function mendedPath(path: string, at: Span): ProblemFix | undefined {
  if (path === '' || /^[a-z]+:|^[/~]|\\/i.test(path) || (/\.\w+$/.test(path) && !path.endsWith('.drml'))) return undefined;
  const relative = /^\.{1,2}\//.test(path) ? path : `./${path}`;
  const text = `"${relative}${relative.endsWith('.drml') ? '' : '.drml'}"`;
  return { title: `Change to ${text}`, ...at, text };
}
