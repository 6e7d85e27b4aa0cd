/** What the checks have found in one file, kept by top-level element, so that an edit inside one of them checks that one again. */
import type { AstNode, LangiumCoreServices, LangiumDocument } from 'langium';
import type { DrmlFile } from '../../generated/ast.js';
import { checkElement, checkWholeFile } from './check-file.js';
import { checkLinks } from './linking.js';
import type { Problem, Span } from './problem.js';
import { type Surroundings, surroundingsOf } from './surroundings.js';

/** By how much text moves, and from where on. */
export interface Move {
  readonly from: number;
  readonly characters: number;
}

const none: readonly Problem[] = [];

export class FileProblems {
  private links: readonly Problem[] = none;
  private whole: readonly Problem[] = none;
  private elements: (readonly Problem[])[] = [];
  /** Elements that are judged by who refers to them. */
  private readonly askers = new Set<number>();
  /** Other files that problems of this one point at. */
  private readonly pointedAt = new Set<LangiumDocument>();

  constructor(
    private readonly services: LangiumCoreServices,
    private readonly document: LangiumDocument,
  ) {}

  /** All problems: names that mean nothing, those of the file, those of its elements. */
  get all(): readonly Problem[] {
    return [...this.links, ...this.whole, ...this.elements.flat()];
  }

  /** Checks which names mean nothing. */
  checkLinks(): void {
    this.links = collected((report) => checkLinks(this.services, this.document, report));
  }

  /** Checks the whole file. */
  checkAll(file: DrmlFile): void {
    const around = surroundingsOf(this.services, this.document, file);
    this.askers.clear();
    this.checkFile(around);
    this.elements = file.elements.map((_, index) => this.checked(index, file, around));
    this.notePointers();
  }

  /** Checks one element again, and what depends on several; the problems of the others move with the text. */
  checkAgain(file: DrmlFile, index: number, move: Move): void {
    const around = surroundingsOf(this.services, this.document, file);
    this.checkLinks();
    this.checkFile(around);
    if (move.characters !== 0) this.elements = this.elements.map((problems) => moved(problems, this.document, move));
    for (const each of new Set([...this.askers, index])) this.elements[each] = this.checked(each, file, around);
    this.notePointers();
  }

  /** Whether an edit inside an element of another file may change what is found here. */
  dependsOn(other: LangiumDocument): boolean {
    return this.askers.size > 0 || this.pointedAt.has(other);
  }

  private checkFile(around: Surroundings): void {
    this.whole = collected((report) => checkWholeFile(around, report));
  }

  private checked(index: number, file: DrmlFile, around: Surroundings): readonly Problem[] {
    const element = file.elements[index];
    if (element === undefined) return none;
    this.askers.delete(index);
    const asking: Surroundings = {
      ...around,
      isReferredTo: (node) => {
        this.askers.add(index);
        return around.isReferredTo(node);
      },
    };
    return collected((report) => checkElement(element, asking, report));
  }

  private notePointers(): void {
    this.pointedAt.clear();
    for (const problems of [this.links, this.whole, ...this.elements]) {
      for (const { related } of problems) {
        const other = related === undefined ? undefined : documentOf(related.node);
        if (other !== undefined && other !== this.document) this.pointedAt.add(other);
      }
    }
  }
}

function collected(check: (report: (problem: Problem) => void) => void): readonly Problem[] {
  const found: Problem[] = [];
  check((problem) => found.push(problem));
  return found.length === 0 ? none : found;
}

/** The document that a node stands in; undefined for one that was taken out of its tree. */
export function documentOf(node: AstNode): LangiumDocument | undefined {
  let current = node;
  while (current.$container !== undefined) current = current.$container;
  return current.$document;
}

function moved(problems: readonly Problem[], document: LangiumDocument, move: Move): readonly Problem[] {
  if (problems.length === 0) return problems;
  return problems.map((problem) => {
    const { at, fix, related } = problem;
    return {
      ...problem,
      at: movedSpan(at, move),
      ...(fix === undefined ? {} : { fix: { ...fix, ...movedSpan(fix, move) } }),
      ...(related === undefined || documentOf(related.node) !== document
        ? {}
        : { related: { ...related, at: movedSpan(related.at, move) } }),
    };
  });
}

function movedSpan({ start, end }: Span, { from, characters }: Move): Span {
  return { start: start < from ? start : start + characters, end: end < from ? end : end + characters };
}
