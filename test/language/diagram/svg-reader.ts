/** Reads what the renderer wrote, far enough to measure it: elements with their attributes, texts with their boxes. */
import { textWidth } from '../../../language/diagram/text-width.js';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Parses well-formed XML without comments and processing instructions; throws where it is not well formed. */
export function readXml(xml: string): Element {
  interface Open {
    readonly name: string;
    readonly attributes: Record<string, string>;
    readonly children: Element[];
    text: string;
  }
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [root];
  const pattern = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (let match = pattern.exec(xml); match !== null; match = pattern.exec(xml)) {
    at = pattern.lastIndex;
    const [, closes, name = '', attributeText = '', selfCloses, text] = match;
    const top = stack.at(-1);
    if (top === undefined) throw new Error('More ends than beginnings.');
    if (text !== undefined) top.text += plain(text);
    else if (closes === '/') {
      if (top.name !== name) throw new Error(`<${top.name}> is ended by </${name}>.`);
      stack.pop();
    } else {
      const attributes: Record<string, string> = {};
      for (const [, key = '', value = ''] of attributeText.matchAll(/([a-zA-Z:-]+)="([^"]*)"/g)) attributes[key] = plain(value);
      const element: Open = { name, attributes, children: [], text: '' };
      top.children.push(element);
      if (selfCloses !== '/') stack.push(element);
    }
  }
  if (at !== xml.length) throw new Error(`Not well formed at ${at}: ${xml.slice(at, at + 80)}`);
  const [only] = root.children;
  if (stack.length !== 1 || only === undefined || root.children.length !== 1) throw new Error('Not one root element.');
  return only;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

function plain(text: string): string {
  return text.replace(/&[^;\s]*;?/g, (entity) => {
    const meant = entities[entity];
    if (meant === undefined) throw new Error(`Unknown entity ${entity}`);
    return meant;
  });
}

/** All elements below one, itself first, with the offset that the groups around them give. */
export function* walk(
  element: Element,
  dx = 0,
  dy = 0,
): Generator<{ readonly element: Element; readonly dx: number; readonly dy: number }> {
  const [, moveX = '0', moveY = '0'] = /^translate\(([-\d.]+) ([-\d.]+)\)$/.exec(element.attributes.transform ?? '') ?? [];
  const x = dx + Number(moveX);
  const y = dy + Number(moveY);
  yield { element, dx: x, dy: y };
  for (const child of element.children) yield* walk(child, x, y);
}

/** Left and right end of a text element, pieces of it included, by the table of widths. */
export function extent(text: Element): { readonly left: number; readonly right: number } {
  const size = Number(text.attributes['font-size']);
  const isBold = (element: Element): boolean => element.attributes['font-weight'] === '600';
  const widthOf = (piece: Element, bold: boolean): number =>
    Number(piece.attributes.dx ?? 0) + textWidth(piece.text, size, bold ? 'bold' : 'regular');
  const pieces = text.children.filter(({ name }) => name === 'tspan');
  const width = [...pieces, text].reduce((sum, piece) => sum + widthOf(piece, isBold(piece)), 0);
  const x = Number(text.attributes.x);
  switch (text.attributes['text-anchor']) {
    case 'end':
      return { left: x - width, right: x };
    case 'middle':
      return { left: x - width / 2, right: x + width / 2 };
    default:
      return { left: x, right: x + width };
  }
}
