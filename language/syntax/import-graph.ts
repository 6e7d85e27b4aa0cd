/** Which file sees which, through any number of imports, answered without walking the imports each time. */
import type { LangiumDocument, LangiumDocuments } from 'langium';
import { importsOf } from './imports.js';

/**
 * The imports of all files at one moment. A walk over them gives every file the numbers by which most questions are answered at
 * once: what a file reaches along the branches of the walk, and what it cannot reach in any way. Only what is left is searched for,
 * and the answer is kept.
 */
export class ImportGraph {
  private readonly numbers = new Map<LangiumDocument, number>();
  private readonly files: readonly LangiumDocument[];
  private readonly targets: readonly (readonly number[])[];
  /** When the walk came to a file and when it left it; what it came to in between stands below the file. */
  private readonly entered: Int32Array;
  private readonly left: Int32Array;
  /** Files that import each other have one number; a file's number is never below that of a file it sees. */
  private readonly circles: Int32Array;
  private readonly circleSizes: number[] = [];
  private readonly answers = new Map<number, boolean>();

  constructor(documents: LangiumDocuments) {
    this.files = documents.all.toArray();
    for (const [number, file] of this.files.entries()) this.numbers.set(file, number);
    this.targets = this.files.map((file) => {
      const found = new Set<number>();
      for (const { uri } of importsOf(file)) {
        const target = uri === undefined ? undefined : documents.getDocument(uri);
        const number = target === undefined ? undefined : this.numbers.get(target);
        if (number !== undefined) found.add(number);
      }
      return [...found];
    });
    this.entered = new Int32Array(this.files.length).fill(-1);
    this.left = new Int32Array(this.files.length);
    this.circles = new Int32Array(this.files.length).fill(-1);
    this.walk();
  }

  /** Whether the file was there when the graph was made. */
  knows(file: LangiumDocument): boolean {
    return this.numbers.has(file);
  }

  /** All files, in the order in which they became known. */
  get all(): readonly LangiumDocument[] {
    return this.files;
  }

  /** Whether `from` sees `to`, directly or not. Every file sees itself. */
  reaches(from: LangiumDocument, to: LangiumDocument): boolean {
    const [start, end] = [this.numbers.get(from), this.numbers.get(to)];
    if (start === undefined || end === undefined) return from === to;
    return this.decided(start, end) ?? this.searched(start, end);
  }

  /** Whether the file is one of several that import each other. */
  inCircle(file: LangiumDocument): boolean {
    const number = this.numbers.get(file);
    return number !== undefined && (this.circleSizes[this.circles[number] ?? 0] ?? 0) > 1;
  }

  private decided(from: number, to: number): boolean | undefined {
    const [high, low] = [this.circles[from] ?? 0, this.circles[to] ?? 0];
    if (high <= low) return high === low;
    const entered = this.entered[to] ?? 0;
    if (entered >= (this.entered[from] ?? 0) && entered < (this.left[from] ?? 0)) return true;
    return this.targets[from]?.includes(to) === true ? true : undefined;
  }

  private searched(from: number, to: number): boolean {
    const key = from * this.files.length + to;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const seen = new Set([from]);
    const open = [from];
    let found = false;
    for (let file = open.pop(); file !== undefined && !found; file = open.pop()) {
      for (const next of this.targets[file] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        const answer = this.decided(next, to);
        if (answer === true) found = true;
        else if (answer === undefined) open.push(next);
      }
    }
    this.answers.set(key, found);
    return found;
  }

  /** Finds the circles (Tarjan) and the times of the walk, without recursion: chains of imports may be long. */
  private walk(): void {
    const imported = new Set(this.targets.flat());
    const order = this.files.map((_, number) => number).sort((a, b) => Number(imported.has(a)) - Number(imported.has(b)));
    const lowest = new Int32Array(this.files.length);
    const waiting: number[] = [];
    const isWaiting = new Uint8Array(this.files.length);
    let time = 0;
    for (const root of order) {
      if (this.entered[root] !== -1) continue;
      // The last import comes first: files that build on each other are often listed in that order, and then form one branch.
      const path: { readonly file: number; next: number }[] = [];
      const enter = (file: number): void => {
        this.entered[file] = lowest[file] = time++;
        waiting.push(file);
        isWaiting[file] = 1;
        path.push({ file, next: (this.targets[file]?.length ?? 0) - 1 });
      };
      enter(root);
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        const { file } = top;
        const target = this.targets[file]?.[top.next--];
        if (target !== undefined) {
          if (this.entered[target] === -1) enter(target);
          else if (isWaiting[target] === 1) lowest[file] = Math.min(lowest[file] ?? 0, this.entered[target] ?? 0);
          continue;
        }
        path.pop();
        this.left[file] = time;
        const before = path.at(-1)?.file;
        if (before !== undefined) lowest[before] = Math.min(lowest[before] ?? 0, lowest[file] ?? 0);
        if (lowest[file] === this.entered[file]) this.closeCircle(file, waiting, isWaiting);
      }
    }
  }

  private closeCircle(first: number, waiting: number[], isWaiting: Uint8Array): void {
    const circle = this.circleSizes.length;
    let size = 0;
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      isWaiting[file] = 0;
      this.circles[file] = circle;
      size++;
      if (file === first) break;
    }
    this.circleSizes.push(size);
  }
}
