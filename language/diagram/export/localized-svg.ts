/** A picture in another language: its texts and what is read out of it, where they stand. */
import type { Words } from '../../translation/words.js';
import { escapeText } from '../markup.js';

/** What the renderer writes for letters that mean something to XML. */
const escapes: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** The description of a file has those of its parts one after the other, each of which begins with a small letter: `service api: DOWN.` */
const descriptions = /(?<=[.?!]) (?=[a-z])/;

/**
 * Puts every text of a picture that this project has drawn through `words`, and says in which language it is then. Nothing moves: the editor
 * shows its pictures with the same boxes in every language.
 */
export function localizedSvg(svg: string, words: Words, language: string): string {
  const said = (escaped: string): string => {
    const text = escaped.replace(/&(?:lt|gt|quot|#39|amp);/g, (found) => escapes[found] ?? found);
    const translated = text.split(descriptions).map(words).join(' ');
    return translated === text ? escaped : escapeText(translated);
  };
  return svg
    .replace(/^<svg /, `<svg lang="${escapeText(language)}" `)
    .replace(/>([^<>]+)<|aria-label="([^"]*)"/g, (found, text: string | undefined, label: string | undefined) => {
      if (label !== undefined) return `aria-label="${said(label)}"`;
      return text === undefined || text.trim() === '' ? found : `>${said(text)}<`;
    });
}
