/**
 * The page in the language of the user. What is drawn and said is English, here and in what the editor sends; this puts the words of the
 * table over it as they come into the page, before anybody sees them. Names of the model stay.
 */
import type { MessageTable } from '../../language/translation/translation.js';
import { type Words, wordsOf } from '../../language/translation/words.js';

/** What people read that is not the text between tags. */
const attributes = ['aria-label', 'title', 'placeholder', 'aria-valuetext'];

/** The table that the editor put into the page; undefined where people read English. */
export function tableOfPage(): MessageTable | undefined {
  const text = document.getElementById('drml-words')?.textContent;
  if (text === null || text === undefined) return undefined;
  const table: unknown = JSON.parse(text);
  if (typeof table !== 'object' || table === null) return undefined;
  const entries = Object.entries(table).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

/** Keeps the page in the language of the table, and answers how it says texts. `names` is what somebody has called something: that is never a word. */
export function keepLocalized(root: HTMLElement, table: MessageTable, names: () => ReadonlySet<string>): Words {
  const words = wordsOf(table, names);
  const whole = { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: attributes };
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === 'attributes' && target instanceof Element && attributeName !== null) attribute(target, attributeName, words);
      else if (type === 'characterData') textNode(target, words);
      else for (const node of addedNodes) localize(node, words);
    }
    // What this changed itself is no news.
    observer.takeRecords();
  });
  localize(root, words);
  observer.observe(root, whole);
  return words;
}

function localize(node: Node, words: Words): void {
  if (node.nodeType === Node.TEXT_NODE) {
    textNode(node, words);
    return;
  }
  if (!(node instanceof Element) || node.tagName === 'SCRIPT') return;
  for (const name of attributes) attribute(node, name, words);
  for (const child of node.childNodes) localize(child, words);
}

function textNode(node: Node, words: Words): void {
  const text = node.nodeValue ?? '';
  const said = words(text);
  if (said !== text) node.nodeValue = said;
}

function attribute(element: Element, name: string, words: Words): void {
  const text = element.getAttribute(name);
  const said = text === null ? null : words(text);
  if (said !== null && said !== text) element.setAttribute(name, said);
}
