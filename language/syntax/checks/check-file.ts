/** All checks of a file in one pass over its blocks. */
import type { LangiumCoreServices, LangiumDocument } from 'langium';
import type { DrmlFile } from '../../generated/ast.js';
import { blocksOf } from './blocks.js';
import { checkContradictions } from './contradictions.js';
import { checkDeclarations } from './declarations.js';
import { checkDuplicates, checkFileDuplicates } from './duplicates.js';
import { checkImports } from './imports.js';
import { checkMoments } from './moments.js';
import { checkNames } from './names.js';
import { checkPlaces } from './places.js';
import type { Report } from './problem.js';
import { QuantityCheck } from './quantities.js';
import { checkReferences } from './references.js';
import { surroundingsOf } from './surroundings.js';
import { checkWords } from './words.js';

/** Reports everything that is wrong with a file, apart from what cannot be read and names that mean nothing. */
export function checkFile(services: LangiumCoreServices, document: LangiumDocument, file: DrmlFile, report: Report): void {
  const around = surroundingsOf(services, document, file);
  checkImports(around, report);
  checkDeclarations(around, report);
  checkFileDuplicates(file.elements, report);
  const quantities = new QuantityCheck(report);
  for (const block of blocksOf(file)) {
    checkPlaces(block, report);
    checkDuplicates(block, report);
    checkNames(block, around, report);
    quantities.block(block);
    checkMoments(block, report);
    checkWords(block, report);
    checkReferences(block, report);
    checkContradictions(block, report);
  }
}
