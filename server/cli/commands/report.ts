import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, extname, relative, sep } from 'node:path';
import { URI } from 'langium';
import { generatorVersion } from '../../../language/generate/version.js';
import type { Model } from '../../../language/model/model.js';
import { reportOf } from '../../../language/report/report.js';
import type { Origin } from '../../../language/report/report-input.js';
import { htmlOf } from '../../../language/report/writers/html.js';
import { markdownOf } from '../../../language/report/writers/markdown.js';
import type { Output } from '../console.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface ReportOptions {
  /** The file to write, `.md` or `.html`; without it, or with `-`, Markdown goes to the standard output. */
  readonly output?: string;
  readonly asOf?: string;
}

/** `drml report PATH -o FILE.html`: the disaster recovery report of one model, as Markdown or as one HTML file. */
export async function report(path: string, options: ReportOptions, output: Output): Promise<ExitCode> {
  const written = options.output === '-' ? undefined : options.output;
  const write = writerFor(written);
  const analysed = onlyModel(await openSoundSession([path], options));
  const document = reportOf({ ...analysed, origin: originOf(analysed.model) });
  const text = write(document);
  if (written === undefined) output.out(text);
  else {
    writeWhole(written, text);
    output.out(`${written}: report of ${analysed.model.name} as of ${analysed.analysis.asOf}\n`);
  }
  return exitCodes.done;
}

function writerFor(file: string | undefined): typeof markdownOf {
  switch (file === undefined ? '.md' : extname(file).toLowerCase()) {
    case '.md':
    case '.markdown':
      return markdownOf;
    case '.html':
    case '.htm':
      return htmlOf;
    default:
      throw new UnusableInput(`-o ${file}: the name of a report ends in .md or .html.`);
  }
}

/** The files of a model with their sums: of their bytes, as `sha256sum` sees them. */
function originOf(model: Model): Origin {
  const folder = dirname(URI.parse(model.root).fsPath);
  const sources = model.files
    .map(({ uri }) => {
      const file = URI.parse(uri).fsPath;
      return { path: relative(folder, file).split(sep).join('/'), sha256: sumOf(readFileSync(file)) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const list = sources.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  return { version: generatorVersion, sources, sha256: sumOf(list) };
}

function sumOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
