/** All refactorings that fit a selection. */
import { changeEdgeStrength } from './edge-strength.js';
import { elementsIn } from './elements-in.js';
import { extractPolicy, extractSharedPolicy } from './extract-policy.js';
import { foldBlock } from './fold-block.js';
import { inlinePolicy, inlinePolicyEverywhere } from './inline-policy.js';
import { moveDeclaration } from './move-declaration.js';
import type { RefactorContext, Refactoring } from './refactoring.js';
import { splitService } from './split-service.js';
import { spreadOverZones } from './spread-zones.js';
import { addStandbyRegion } from './standby-region.js';
import { convertZones } from './zone-form.js';

interface Maker {
  readonly kind: Refactoring['kind'];
  /** Looks at more than what is selected: made when the author asks, not while the caret moves. */
  readonly asked: boolean;
  readonly make: (context: RefactorContext) => readonly Refactoring[];
}

const makers: readonly Maker[] = [
  { kind: 'extract', asked: false, make: extractPolicy },
  { kind: 'extract', asked: true, make: extractSharedPolicy },
  { kind: 'inline', asked: false, make: inlinePolicy },
  { kind: 'inline', asked: true, make: inlinePolicyEverywhere },
  { kind: 'move', asked: true, make: moveDeclaration },
  { kind: 'rewrite', asked: false, make: addStandbyRegion },
  { kind: 'rewrite', asked: false, make: spreadOverZones },
  { kind: 'rewrite', asked: false, make: convertZones },
  { kind: 'rewrite', asked: false, make: splitService },
  { kind: 'rewrite', asked: false, make: changeEdgeStrength },
  { kind: 'rewrite', asked: false, make: foldBlock },
];

/**
 * The refactorings of the wanted kinds that fit the selection; with `asked` also those that look at whole files. None where what is
 * selected could not be read: a change of a torn declaration would tear it further.
 */
export function refactoringsAt(
  given: Omit<RefactorContext, 'touched'>,
  wants: (kind: Refactoring['kind']) => boolean,
  asked: boolean,
): readonly Refactoring[] {
  const context: RefactorContext = { ...given, touched: elementsIn(given.file, given.selection) };
  if (isTorn(context)) return [];
  return makers.filter((maker) => wants(maker.kind) && (asked || !maker.asked)).flatMap(({ make }) => make(context));
}

function isTorn({ document, touched }: RefactorContext): boolean {
  const { lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return false;
  const errors = [...lexerErrors.map(({ offset }) => offset), ...parserErrors.map(({ token }) => token.startOffset)];
  return touched.some((element) => {
    const cst = element.$cstNode;
    return cst !== undefined && errors.some((offset) => !(offset < cst.offset || offset > cst.end));
  });
}
