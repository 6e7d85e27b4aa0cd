/** Which form the statement at a cursor has, and which part of it is due. */
import { keyIn, type Place } from '../keys.js';
import { blockForm, formOf, type StatementForm } from '../statement-forms.js';
import type { Expected } from './expectation.js';
import { type CursorPlace, placeOf } from './place.js';
import type { Matched } from './walk.js';

/** A form that applies at a cursor. */
export interface FormAt {
  readonly form: StatementForm;
  readonly meaning: string;
  /** The form speaks of the block around the cursor, not of one statement in it. */
  readonly isBlock: boolean;
}

/** Blocks whose statements are options of what stands before the brace. Declarations are left out: their statements are too many for one line. */
const optionBlocks: ReadonlySet<Place> = new Set(['edge', 'failover', 'backup', 'rollout', 'together', 'objective', 'class']);

/** The form of the statement that has begun, then that of the block it stands in; none where neither has several parts. */
export function formsAt(at: CursorPlace): readonly FormAt[] {
  const forms: FormAt[] = [];
  const [first] = at.statement;
  const isOpen = first !== undefined && !(at.startsLine && mayEnd(at.expected)) && due(at, first).length > 0;
  if (isOpen) {
    const key = first.token.image;
    const form = formOf(key);
    const outer = placeOf(at.block);
    const entry = outer === undefined ? undefined : keyIn(outer, key);
    if (form !== undefined && entry !== undefined && entry.value.kind !== 'quantity') {
      forms.push({ form, meaning: entry.meaning, isBlock: false });
    }
  }
  const block = blockFormAt(at);
  return block === undefined ? forms : [...forms, block];
}

function blockFormAt(at: CursorPlace): FormAt | undefined {
  const { place, block } = at;
  const head = block?.head ?? [];
  const key = head[0]?.token.image;
  if (place === undefined || key === undefined || !optionBlocks.has(place)) return undefined;
  const outer = placeOf(block?.outer);
  const entry = outer === undefined ? undefined : keyIn(outer, key);
  const opening = head
    .map(({ token }) => token.image)
    .join(' ')
    .replaceAll(' ,', ',')
    .replaceAll(' . ', '.');
  return { form: blockForm(opening, place), meaning: entry?.meaning ?? '', isBlock: true };
}

/**
 * The index of the part that is due: for a statement the one that may come next, or that the word at the cursor begins; for a block the
 * statement at the cursor. The number of parts, which marks none, where no part is due.
 */
export function activePart(formAt: FormAt | undefined, at: CursorPlace): number {
  if (formAt === undefined) return 0;
  const { form, isBlock } = formAt;
  const [first] = at.statement;
  if (isBlock) {
    const typed = at.expected.filter(
      ({ token, startsStatement }) => startsStatement && at.word.text !== '' && token.startsWith(at.word.text),
    );
    const key =
      typed[0]?.token ?? (first === undefined || (at.startsLine && mayEnd(at.expected)) ? undefined : first.token.image);
    return indexOf(form, key === undefined ? [] : [key]);
  }
  if (first === undefined) return form.parts.length;
  const next = due(at, first);
  const chosen = dueWith(next, at.word.text);
  if (chosen === undefined) return form.parts.length;
  // What belongs to a part of a part, as the site of one target among several, is the part that has begun.
  const candidates = [
    chosen,
    ...at.statement
      .slice(1)
      .map(({ as }) => as)
      .reverse(),
  ];
  for (const expected of candidates) {
    const index = indexOf(form, fillsOf(expected, first));
    if (index < form.parts.length) return index;
  }
  return form.parts.length;
}

/** Of what is due the one that the word at the cursor begins; without a word a name, which is what the statement is about, else the first. */
function dueWith(next: readonly Expected[], typed: string): Expected | undefined {
  const names = ({ token, reference }: Expected): boolean => reference !== undefined || token === 'ID';
  if (typed === '') return next.find(({ reference }) => reference !== undefined) ?? next[0];
  if (/^[+-]?\d/.test(typed)) return next.find(({ token }) => token === 'QUANTITY') ?? next[0];
  return next.find(names) ?? next.find(({ isKeyword, token }) => isKeyword && token.startsWith(typed)) ?? next[0];
}

/** What may go on with the statement; a dot or comma is due only right behind a word. */
function due(at: CursorPlace, first: Matched): readonly Expected[] {
  const goesOn = at.expected.filter(({ startsStatement, token }) => !startsStatement && token !== '}');
  const words = goesOn.filter(({ token, isKeyword }) => !isKeyword || /^[a-z<{]/.test(token));
  return words.length > 0 || first === undefined ? words : goesOn;
}

function mayEnd(expected: readonly Expected[]): boolean {
  return expected.some(({ startsStatement, token }) => startsStatement || token === '}');
}

/** What a token fills in the form: the property of the statement itself, also for a name that is an object of its own. */
function fillsOf({ type, property, slot, token, isKeyword }: Expected, first: Matched): readonly string[] {
  const fills: string[] = [];
  const [owner, slotProperty] = slot.split('.');
  if (type !== first.as.type && owner === first.as.type && slotProperty !== undefined) {
    // Members of a list have parts of their own: a route its path and its target.
    if (isKeyword) fills.push(token);
    else if (property !== undefined) fills.push(property);
    fills.push(slotProperty);
    return fills;
  }
  if (isKeyword) fills.push(token);
  if (property !== undefined) fills.push(property);
  return fills;
}

function indexOf(form: StatementForm, fills: readonly string[]): number {
  for (const fill of fills) {
    const index = form.parts.findIndex((part) => part.fills.includes(fill));
    if (index >= 0) return index;
  }
  return form.parts.length;
}
