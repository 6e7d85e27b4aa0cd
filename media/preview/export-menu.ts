/** Saves or copies what is shown, with its states, in the formats of other tools. */
import type { Switches } from '../../language/diagram/what-if/switches.js';
import type { Words } from '../../language/translation/words.js';
import { dropdown, element, optionOf } from './elements.js';
import { type ExportedPicture, type PictureFormat, pictureText, pngOf } from './exported-picture.js';
import type { ExportMessage } from './protocol.js';
import { exportedOf, pageStartOf, type Sight } from './sight.js';

export interface ExportSurroundings {
  /** What is shown now; undefined before the first picture. */
  readonly sight: () => Sight | undefined;
  /** What is off now. */
  readonly switches: () => Switches;
  /** How the page says its texts; undefined in English. */
  readonly words: () => Words | undefined;
  /** Whether interactive pages can be made here. */
  readonly makesPages: boolean;
  readonly send: (message: ExportMessage) => void;
  /** Says how it ended, where that is known here. */
  readonly say: (text: string) => void;
}

type Choice =
  | { readonly kind: 'save'; readonly format: PictureFormat; readonly text: string }
  | { readonly kind: 'copy'; readonly format: PictureFormat; readonly text: string; readonly done: string }
  | { readonly kind: 'page'; readonly format: 'html'; readonly text: string };

const saved: readonly Choice[] = [
  { kind: 'save', format: 'svg', text: 'SVG' },
  { kind: 'save', format: 'png', text: 'PNG' },
  { kind: 'page', format: 'html', text: 'HTML, with what-if' },
  { kind: 'save', format: 'mmd', text: 'Mermaid' },
  { kind: 'save', format: 'd2', text: 'D2' },
];
const copied: readonly Choice[] = [
  { kind: 'copy', format: 'svg', text: 'Copy as SVG', done: 'Copied as SVG.' },
  { kind: 'copy', format: 'png', text: 'Copy as PNG', done: 'Copied as PNG.' },
  { kind: 'copy', format: 'mmd', text: 'Copy as Mermaid', done: 'Copied as Mermaid.' },
  { kind: 'copy', format: 'd2', text: 'Copy as D2', done: 'Copied as D2.' },
];

/** A list of what can be done. */
export function exportMenu(surroundings: ExportSurroundings): HTMLElement {
  const choices = [...saved, ...copied].filter(({ kind }) => kind !== 'page' || surroundings.makesPages);
  const menu = element('select', '');
  menu.setAttribute('aria-label', 'Export the picture');
  menu.append(optionOf('', 'Export…'), ...choices.map((choice) => optionOf(keyOf(choice), choice.text)));
  menu.addEventListener('change', () => {
    const choice = choices.find((each) => keyOf(each) === menu.value);
    menu.value = '';
    const sight = surroundings.sight();
    if (choice === undefined || sight === undefined) return;
    run(choice, sight, surroundings).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      surroundings.say(`The picture could not be exported: ${reason}.`);
    });
  });
  const control = dropdown(menu, 'export');
  control.classList.add('folds');
  return control;
}

async function run(choice: Choice, sight: Sight, { switches, words, send, say }: ExportSurroundings): Promise<void> {
  const off = switches();
  // Mermaid and D2 have no table of places: they get what would be drawn without it.
  const isText = choice.format === 'mmd' || choice.format === 'd2';
  const picture: ExportedPicture = { ...exportedOf(isText ? { ...sight, panes: 'flow' } : sight, off), words: words() };
  const { name } = picture;
  if (choice.kind === 'page') {
    send({ kind: 'save-page', name, start: pageStartOf(sight, off) });
    return;
  }
  if (choice.kind === 'copy') {
    await copy(picture, choice.format);
    say(choice.done);
    return;
  }
  const { format } = choice;
  const content = format === 'png' ? await base64Of(await pngOf(picture)) : pictureText(picture, format);
  send({ kind: 'save-picture', name, format, content });
}

async function copy(picture: ExportedPicture, format: PictureFormat): Promise<void> {
  if (!('clipboard' in navigator)) throw new Error('nothing can be copied here');
  const { clipboard } = navigator;
  if (format !== 'png') return clipboard.writeText(pictureText(picture, format));
  // The image is handed over before it is made: the clipboard is open for so long only as the click is fresh.
  return clipboard.write([new ClipboardItem({ 'image/png': pngOf(picture) })]);
}

function keyOf({ kind, format }: Choice): string {
  return kind === 'copy' ? `copy-${format}` : format;
}

async function base64Of(image: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('it could not be read'));
    reader.readAsDataURL(image);
  });
}
