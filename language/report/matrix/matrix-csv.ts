/** The matrix as comma-separated values (RFC 4180): one line for each subject and class, for spreadsheets. */
import { plainText } from '../../diagram/plain-text.js';
import type { Matrix, MatrixCell, MatrixRow } from './matrix.js';

const columns = [
  'subject',
  'title',
  'kind',
  'tier',
  'class',
  'worst place',
  'outcome',
  'RTO',
  'RTO promised',
  'RPO',
  'RPO promised',
  'promise',
] as const;

/** With a heading; lines end with CR LF, as the format wants it. */
export function matrixCsv(matrix: Matrix): string {
  const lines = matrix.rows.flatMap((row) => row.cells.map((cell) => valuesOf(row, cell)));
  return [columns, ...lines].map((values) => `${values.map(field).join(',')}\r\n`).join('');
}

function valuesOf(row: MatrixRow, cell: MatrixCell): readonly string[] {
  return [
    row.name,
    row.title ?? '',
    row.kind,
    row.tier === undefined ? '' : String(row.tier),
    cell.disruption,
    cell.scope ?? '',
    cell.outcome,
    cell.rto.text,
    cell.rto.target ?? '',
    cell.rpo.text,
    cell.rpo.target ?? '',
    cell.verdict ?? '',
  ];
}

/** A field that no spreadsheet takes for a formula, of whatever width its sign is, or for more than one field. */
function field(text: string): string {
  const line = plainText(text);
  const harmless = /^\s*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
  return /[",]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}
