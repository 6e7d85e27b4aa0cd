import { extname } from 'node:path';
import { type MatrixFormat, matrixText } from '../../../language/report/matrix/matrix-document.js';
import type { Output } from '../console.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface MatrixOptions {
  /** The file to write; its name decides the format where none is given. */
  readonly output?: string;
  readonly format?: MatrixFormat;
  readonly asOf?: string;
}

const endings: Readonly<Record<string, MatrixFormat>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.csv': 'csv',
  '.html': 'html',
  '.htm': 'html',
};

/** `drml matrix PATH`: what each class of disruption does to every journey and component, beside what was promised. */
export async function matrix(path: string, options: MatrixOptions, output: Output): Promise<ExitCode> {
  const format = formatOf(options);
  const { model, analysis } = onlyModel(await openSoundSession([path], options));
  const text = matrixText(model, analysis, format);
  if (options.output === undefined) output.out(text);
  else {
    writeWhole(options.output, text);
    output.out(`${options.output}: matrix of ${model.name} as of ${analysis.asOf}\n`);
  }
  return exitCodes.done;
}

function formatOf({ output, format }: MatrixOptions): MatrixFormat {
  if (format !== undefined) return format;
  if (output === undefined) return 'markdown';
  const found = endings[extname(output).toLowerCase()];
  if (found === undefined)
    throw new UnusableInput(`-o ${output}: the name of a matrix ends in .md, .csv or .html; or say --format.`);
  return found;
}
