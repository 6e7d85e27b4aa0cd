/** All checks of a file, in two groups: what the file as a whole decides, and what each top-level element decides for itself. */
import type { TopLevel } from '../../generated/ast.js';
import { blocksOf } from './blocks.js';
import { checkContradictions } from './contradictions.js';
import { checkDeclarations } from './declarations.js';
import { checkDuplicates, checkFileDuplicates } from './duplicates.js';
import { checkEdgeOptions } from './edge-options.js';
import { checkEmptiness } from './emptiness.js';
import { checkExpected } from './expected.js';
import { checkFormats } from './formats.js';
import { checkHosting } from './hosting.js';
import { checkImports } from './imports.js';
import { checkMoments } from './moments.js';
import { checkMoney } from './money.js';
import { checkNames } from './names.js';
import { checkPlacements } from './placements.js';
import { checkPlaces } from './places.js';
import type { Report } from './problem.js';
import { QuantityCheck } from './quantities.js';
import { checkReferences } from './references.js';
import { checkRepeats } from './repeats.js';
import { checkStorage } from './storage.js';
import type { Surroundings } from './surroundings.js';
import { checkTiming } from './timing.js';
import { checkUnused } from './unused.js';
import { checkWords } from './words.js';

/** What depends on several elements or several files: imports, names declared twice. Cheap, since every edit runs it again. */
export function checkWholeFile(around: Surroundings, report: Report): void {
  checkImports(around, report);
  checkDeclarations(around, report);
  checkFileDuplicates(around.file.elements, report);
  checkUnused(around, report);
  checkHosting(around, report);
}

/**
 * What a top-level element decides for itself. Of other elements these checks may read what a reference leads to: its kind, its
 * name, its zones. So an edit inside one element leaves the problems of all the others as they are.
 */
export function checkElement(element: TopLevel, around: Surroundings, report: Report): void {
  const quantities = new QuantityCheck(report);
  for (const block of blocksOf(element)) {
    checkPlaces(block, report);
    checkDuplicates(block, report);
    checkNames(block, around, report);
    quantities.block(block);
    checkMoments(block, report);
    checkWords(block, report);
    checkReferences(block, report);
    checkContradictions(block, report);
    checkPlacements(block, report);
    checkEdgeOptions(block, report);
    checkStorage(block, report);
    checkExpected(block, report);
    checkMoney(block, report);
    checkTiming(block, report);
    checkFormats(block, report);
    checkRepeats(block, report);
    checkEmptiness(block, around, report);
  }
}
