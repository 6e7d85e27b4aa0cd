/** Answers the page's questions from the model that it holds: the editor's answers, worked out by the same code. */
import type { Analysis } from '../../language/analysis/analysis.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../language/diagram/what-if/worst-losses.js';
import type { Model } from '../../language/model/model.js';
import { matrixOf } from '../../language/report/matrix/matrix.js';
import { matrixText } from '../../language/report/matrix/matrix-document.js';
import type { HostMessage, ViewMessage } from '../preview/protocol.js';
import { saveAs } from './save-as.js';

const matrixEndings = { markdown: 'md', csv: 'csv', html: 'html' } as const;

/** The answer to one question; undefined where there is none to give. Files are saved by the browser, under the model's name. */
export function answerTo(question: ViewMessage, model: Model, analysis: Analysis): HostMessage | undefined {
  switch (question.kind) {
    case 'what-if': {
      const { switches } = question;
      return { kind: 'what-if-answer', asked: switches, answer: whatIf(model, analysis, switches) ?? null };
    }
    case 'ask-losses':
      return { kind: 'losses', losses: worstLosses(model, analysis) };
    case 'ask-matrix':
      return { kind: 'matrix', matrix: matrixOf(model, analysis) };
    case 'save-matrix': {
      const { format } = question;
      return saved(
        `${model.name}-matrix.${matrixEndings[format]}`,
        new TextEncoder().encode(matrixText(model, analysis, format)),
      );
    }
    case 'save-picture': {
      const { name, format, content } = question;
      const bytes =
        format === 'png'
          ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
          : new TextEncoder().encode(content);
      return saved(`${name}.${format}`, bytes);
    }
    case 'reveal': {
      const { uri, start } = question;
      return { kind: 'cursor', at: { uri, start } };
    }
    // All else is about a text that could be edited, and here is none.
    default:
      return undefined;
  }
}

function saved(name: string, content: Uint8Array<ArrayBuffer>): HostMessage {
  saveAs(name, content);
  return { kind: 'notice', text: `Saved as ${name}.` };
}
