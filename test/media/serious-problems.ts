import axe from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';

/** What axe-core calls serious or critical in a page, or in a page inside of one, with the first element of each. */
export async function seriousProblems(view: Page | FrameLocator): Promise<readonly string[]> {
  const body = view.locator('body');
  await body.evaluate(axe.source);
  const found = await body.evaluate(async () => {
    const { axe: run } = window as unknown as { readonly axe: typeof axe };
    // A card's name is a sentence: the pieces of text on it are figures of one drawing, no label that somebody would speak.
    const rules = { 'label-content-name-mismatch': { enabled: false } };
    return (await run.run(document, { resultTypes: ['violations'], rules })).violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary}`);
}
