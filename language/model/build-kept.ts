/**
 * What was lowered of the elements of a model, kept from one build to the next. An element whose tree is still the same, whose names
 * still mean the same, and whose policies, defaults and zones are the same has nothing new to say: what was lowered of it stays, and its
 * places move with the text. What was read anew and says what it said before stays as well. So whoever compares two models finds by
 * identity what has changed.
 *
 * The former model is used up by this: its places are those of the new text.
 */
import { type AstNode, AstUtils, type CstNode, isAstNode, isReference, type Reference } from 'langium';
import type { TopLevel } from '../generated/ast.js';
import type { Source } from './fact.js';
import { movePlace, type Places, placesIn, placesOfSame, withSameParts } from './same-but-for-places.js';

/** A name and what it meant. */
interface Meant {
  readonly reference: Reference;
  readonly type: string | undefined;
  readonly name: string | undefined;
}

/** One element and what was lowered of it. */
interface Entry {
  readonly tree: CstNode | undefined;
  readonly names: readonly Meant[];
  readonly value: unknown;
  readonly uri: string;
  /** Where the element stood when its places were right. */
  start: number;
  end: number;
  /** By how much it has moved since. */
  moved: number;
  /** Its places, and those that stand in policies and defaults; found when they first move. */
  places:
    | { readonly own: readonly Source[]; readonly lent: readonly { readonly place: Source; readonly of: Entry }[] }
    | undefined;
}

/** The elements of the last build. One for each model that is built again and again. */
export class KeptElements {
  private byTree: ReadonlyMap<CstNode, Entry> = new Map();
  private byKey: ReadonlyMap<string, Entry> = new Map();
  private surroundings: readonly unknown[] = [];

  /** Begins a build. Nothing of before changes until it is finished. */
  begin(): Keeping {
    return new Keeping(this.byTree, this.byKey, this.surroundings, (byTree, byKey, surroundings) => {
      this.byTree = byTree;
      this.byKey = byKey;
      this.surroundings = surroundings;
    });
  }
}

type Finish = (byTree: ReadonlyMap<CstNode, Entry>, byKey: ReadonlyMap<string, Entry>, surroundings: readonly unknown[]) => void;

/** One build that takes over what it can. */
export class Keeping {
  private readonly trees = new Map<CstNode, Entry>();
  private readonly keys = new Map<string, Entry>();
  private readonly kept = new Set<Entry>();
  private readonly taken = new Set<Entry>();
  private readonly adopted = new Map<Source, Source>();
  private around: readonly unknown[] = [];
  private stays = true;

  constructor(
    private readonly byTree: ReadonlyMap<CstNode, Entry>,
    private readonly byKey: ReadonlyMap<string, Entry>,
    private readonly before: readonly unknown[],
    private readonly done: Finish,
  ) {}

  /**
   * Says what all that is lowered from here on leans on: the policies and defaults, and in words what else there is. Where one of them
   * has changed, everything is lowered anew.
   */
  surroundedBy(elements: readonly TopLevel[], words: string): void {
    this.around = [words, ...elements.map((element) => element.$cstNode)];
    const { around, before } = this;
    const unchanged = (element: TopLevel): boolean => {
      const entry = element.$cstNode === undefined ? undefined : this.byTree.get(element.$cstNode);
      return entry !== undefined && meanTheSame(entry.names);
    };
    this.stays =
      around.length === before.length && around.every((each, index) => each === before[index]) && elements.every(unchanged);
  }

  /** What `lower` makes of the element, or what was made of it before. */
  of<T>(element: TopLevel, lower: () => T): T {
    const tree = element.$cstNode;
    const former = tree === undefined ? undefined : this.byTree.get(tree);
    const key = this.keyOf(element);
    if (former !== undefined && this.stays && !this.taken.has(former) && meanTheSame(former.names)) {
      former.moved = (tree?.offset ?? 0) - former.start;
      this.kept.add(former);
      this.note(key, former);
      return former.value as T;
    }
    const value = this.adopting(key, lower());
    this.note(key, {
      tree,
      names: namesIn(element),
      value,
      uri: AstUtils.getDocument(element).uri.toString(),
      start: tree?.offset ?? 0,
      end: tree?.end ?? 0,
      moved: 0,
      places: undefined,
    });
    return value;
  }

  /** What was lowered of such an element before where it says the same, else what is new with the parts that do. */
  private adopting<T>(key: string, fresh: T): T {
    const alike = this.byKey.get(key);
    if (alike === undefined || this.taken.has(alike)) return fresh;
    this.taken.add(alike);
    const keep = (before: unknown, after: unknown): boolean => this.adopt(placesOfSame(before, after));
    return keep(alike.value, fresh) ? (alike.value as T) : withSameParts(alike.value, fresh, keep);
  }

  private adopt(places: Places | undefined): boolean {
    if (places === undefined) return false;
    // What stands in one place cannot go to two.
    for (const [place, to] of places) {
      const other = this.adopted.get(place);
      if (other !== undefined && (other.start !== to.start || other.end !== to.end)) return false;
    }
    for (const [place, to] of places) this.adopted.set(place, to);
    return true;
  }

  /** Ends the build: all places are now those of the text that was lowered. */
  finish(): void {
    if ([...this.kept].some((entry) => entry.moved !== 0)) this.move();
    for (const [place, { start, end }] of this.adopted) movePlace(place, start, end);
    this.done(this.trees, this.keys, this.around);
  }

  private move(): void {
    const lenders = [...this.kept].filter((entry) => entry.tree !== undefined && this.around.includes(entry.tree));
    for (const entry of this.kept) {
      entry.places ??= placesOf(entry, lenders);
      const { own, lent } = entry.places;
      if (entry.moved !== 0) for (const place of own) movePlace(place, place.start + entry.moved, place.end + entry.moved);
      for (const { place, of } of lent) if (of.moved !== 0) movePlace(place, place.start + of.moved, place.end + of.moved);
    }
    for (const entry of this.kept) {
      entry.start += entry.moved;
      entry.end += entry.moved;
    }
  }

  private keyOf(element: TopLevel): string {
    const name = 'name' in element && typeof element.name === 'string' ? element.name : '';
    let key = `${element.$type} ${name}`;
    for (let count = 2; this.keys.has(key); count++) key = `${element.$type} ${name} ${count}`;
    return key;
  }

  private note(key: string, entry: Entry): void {
    this.taken.add(entry);
    this.keys.set(key, entry);
    if (entry.tree !== undefined) this.trees.set(entry.tree, entry);
  }
}

/** The places of an element as it stood: its own, and those of the policies and defaults that it took something from. */
function placesOf({ value, uri, start, end }: Entry, lenders: readonly Entry[]): NonNullable<Entry['places']> {
  const own: Source[] = [];
  const lent: { readonly place: Source; readonly of: Entry }[] = [];
  for (const place of placesIn(value)) {
    if (place.uri === uri && place.start >= start && place.end <= end) {
      own.push(place);
      continue;
    }
    const of = lenders.find((each) => place.uri === each.uri && place.start >= each.start && place.end <= each.end);
    if (of !== undefined) lent.push({ place, of });
  }
  return { own, lent };
}

function meanTheSame(names: readonly Meant[]): boolean {
  return names.every(({ reference, type, name }) => reference.ref?.$type === type && nameOf(reference.ref) === name);
}

function namesIn(element: AstNode): readonly Meant[] {
  const found: Meant[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) look(each);
    else if (isReference(value)) found.push({ reference: value, type: value.ref?.$type, name: nameOf(value.ref) });
    else if (isAstNode(value)) for (const [key, part] of Object.entries(value)) if (!key.startsWith('$')) look(part);
  };
  look(element);
  return found;
}

function nameOf(node: AstNode | undefined): string | undefined {
  return node !== undefined && 'name' in node && typeof node.name === 'string' ? node.name : undefined;
}
