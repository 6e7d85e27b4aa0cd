import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { URI } from 'langium';
import { folderReport } from '../../../language/analysis/report/analysis-report.js';
import type { Output } from '../console.js';
import { jsonParts } from '../json-text.js';
import type { Session } from '../session.js';

/** Every figure as JSON, by docs/analysis.schema.json, of all or of some names. Paths in it are as seen from the folder given, or from that of the file given. */
export function printJson(path: string, session: Session, only: ReadonlySet<string> | undefined, output: Output): void {
  const full = resolve(path);
  const base = URI.file(statSync(full).isDirectory() ? full : dirname(full)).toString();
  const analyses = session.models.map(({ analysis }) => analysis);
  const [single] = analyses;
  const report = single !== undefined && analyses.length === 1 ? single.report(base, only) : folderReport(analyses, base, only);
  for (const part of jsonParts(report)) output.out(part);
}
