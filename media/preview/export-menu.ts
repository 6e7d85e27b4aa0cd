/** Saves what is shown, with its states, in the formats of other tools. */
import type { DiagramGraph } from '../../language/diagram/diagram-graph.js';
import { d2Of } from '../../language/diagram/export/d2.js';
import { mermaidOf } from '../../language/diagram/export/mermaid.js';
import type { FileTheme } from '../../language/diagram/ink.js';
import type { Layout } from '../../language/diagram/layout.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { renderSvg } from '../../language/diagram/svg.js';
import { element } from './elements.js';
import type { SavePictureMessage } from './protocol.js';

/** What is shown now. */
export interface ShownPicture {
  readonly graph: DiagramGraph;
  readonly layout: Layout;
  readonly states: DiagramStates | undefined;
}

type Format = Exclude<SavePictureMessage['format'], 'html'>;

const formats: readonly (readonly [Format, string])[] = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['mmd', 'Mermaid'],
  ['d2', 'D2'],
];

/** Pixels of the image for one of the picture, so that text stays sharp in a slide. */
const imageScale = 2;

/** A list of formats; `save` gets the content of the one that was chosen. What cannot be made is told with `failed`. */
export function exportMenu(
  shown: () => ShownPicture | undefined,
  save: (message: SavePictureMessage) => void,
  failed: (problem: string) => void,
): HTMLSelectElement {
  const menu = element('select', '');
  menu.setAttribute('aria-label', 'Export the picture');
  const head = element('option', '', 'Export…');
  head.value = '';
  menu.append(head);
  for (const [format, name] of formats) {
    const option = element('option', '', name);
    option.value = format;
    menu.append(option);
  }
  menu.addEventListener('change', () => {
    const format = formats.find(([each]) => each === menu.value)?.[0];
    menu.value = '';
    const picture = shown();
    if (format === undefined || picture === undefined) return;
    contentOf(picture, format).then(
      (content) => save({ kind: 'save-picture', format, content }),
      (error: unknown) => failed(`The picture could not be exported: ${String(error)}.`),
    );
  });
  return menu;
}

async function contentOf({ graph, layout, states }: ShownPicture, format: Format): Promise<string> {
  if (format === 'mmd') return mermaidOf(graph, states);
  if (format === 'd2') return d2Of(graph, states);
  const more = states === undefined ? {} : { states };
  const svg = renderSvg(graph, layout, { theme: themeOf(document.body), standalone: true, idPrefix: 'drml-', ...more });
  return format === 'svg' ? svg : imageOf(svg);
}

/** The colours of the editor, as a file can have them. */
function themeOf({ classList }: HTMLElement): FileTheme {
  if (classList.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classList.contains('vscode-high-contrast')) return 'high-contrast-dark';
  return classList.contains('vscode-dark') ? 'dark' : 'light';
}

/** A PNG in base64. */
async function imageOf(svg: string): Promise<string> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * imageScale;
    canvas.height = image.height * imageScale;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('there is no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
  } finally {
    URL.revokeObjectURL(address);
  }
}
