/** The matrix as a document of its own, for the writers of the report. */
import type { Analysis } from '../../analysis/analysis.js';
import { displayName } from '../../diagram/display-name.js';
import type { Model } from '../../model/model.js';
import type { Document } from '../document.js';
import { classMatrix } from '../sections/class-matrix.js';
import { htmlOf } from '../writers/html.js';
import { markdownOf } from '../writers/markdown.js';
import { matrixOf } from './matrix.js';
import { matrixCsv } from './matrix-csv.js';

/** How a matrix can be written. */
export const matrixFormats = ['markdown', 'csv', 'html'] as const;

export type MatrixFormat = (typeof matrixFormats)[number];

/** The matrix of a model as text. Every name is escaped as the format wants it. */
export function matrixText(model: Model, analysis: Analysis, format: MatrixFormat): string {
  switch (format) {
    case 'csv':
      return matrixCsv(matrixOf(model, analysis));
    case 'markdown':
      return markdownOf(documentOf(model, analysis));
    case 'html':
      return htmlOf(documentOf(model, analysis));
  }
}

function documentOf(model: Model, analysis: Analysis): Document {
  return {
    title: displayName(model),
    subtitle: 'Disaster recovery matrix',
    front: [],
    sections: [classMatrix(model, analysis)],
    footer: `Figures as of ${analysis.asOf}.`,
  };
}
