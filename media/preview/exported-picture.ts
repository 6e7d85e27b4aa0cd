/** What is shown as content of a file: drawn anew in the colours of the editor and the language of the page. */
import type { DiagramGraph } from '../../language/diagram/diagram-graph.js';
import { d2Of } from '../../language/diagram/export/d2.js';
import { imageScales, largestScale } from '../../language/diagram/export/image-size.js';
import { localizedSvg } from '../../language/diagram/export/localized-svg.js';
import { mermaidOf } from '../../language/diagram/export/mermaid.js';
import type { FileTheme } from '../../language/diagram/ink.js';
import type { Layout } from '../../language/diagram/layout.js';
import { renderPlacement } from '../../language/diagram/placement.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { renderSvg } from '../../language/diagram/svg.js';
import type { Words } from '../../language/translation/words.js';

/** What is shown now, and what a file of it is called, without an ending. */
export interface ExportedPicture {
  readonly name: string;
  readonly graph: DiagramGraph;
  /** Absent: the table of places is shown alone. */
  readonly layout?: Layout;
  readonly states: DiagramStates | undefined;
  /** How the page says its texts; undefined in English. */
  readonly words: Words | undefined;
}

export type PictureFormat = 'svg' | 'png' | 'mmd' | 'd2';

/** No side of a canvas is longer, in any browser that is in use. In pixels. */
const longestSide = 16_384;

/** The picture as text. */
export function pictureText(picture: ExportedPicture, format: Exclude<PictureFormat, 'png'>): string {
  const { graph, states, words } = picture;
  switch (format) {
    case 'svg':
      return svgOf(picture);
    case 'mmd':
      return mermaidOf(graph, states, words);
    case 'd2':
      return d2Of(graph, states, words);
  }
}

function svgOf({ graph, layout, states, words }: ExportedPicture): string {
  const more = states === undefined ? {} : { states };
  const options = { theme: themeOf(document.body), standalone: true, idPrefix: 'drml-', ...more };
  const svg = layout === undefined ? renderPlacement(graph, options) : renderSvg(graph, layout, options);
  return words === undefined ? svg : localizedSvg(svg, words, document.documentElement.lang);
}

/** The colours of the editor, as a file can have them; a page of its own says nothing, and is light or dark as its reader's system is. */
function themeOf({ classList }: HTMLElement): FileTheme {
  if (classList.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classList.contains('vscode-high-contrast')) return 'high-contrast-dark';
  return classList.contains('vscode-dark') ? 'dark' : 'light';
}

/** The picture as an image, at the usual scale or at the largest one that can be drawn. Rejects where nobody could read it. */
export async function pngOf(picture: ExportedPicture): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svgOf(picture)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { width, height } = image;
    const scale = Math.min(imageScales.usual, largestScale(width, height), longestSide / Math.max(width, height));
    if (scale < imageScales.readable) throw new Error('it is too large for an image; choose a part of it, or save it as SVG');
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(width * scale);
    canvas.height = Math.floor(height * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('there is no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('the image could not be packed')) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
