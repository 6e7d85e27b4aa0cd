import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { URI } from 'langium';
import { htmlOf, markdownOf, originOf, reportOf } from '../../../language/report/index.js';
import { sha256 } from '../../files/sha256.js';
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
  // Of the bytes in the file, as sha256sum sees them.
  const origin = await originOf(analysed.model, (uri) => readFileSync(URI.parse(uri).fsPath), sha256);
  const text = write(reportOf({ ...analysed, origin }));
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
