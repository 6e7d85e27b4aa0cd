import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core calls serious or critical in a page, with the first element of each. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { readonly axe: typeof axe };
    // A card's name is a sentence: the pieces of text on it are figures of one drawing, no label that somebody would speak.
    const rules = { 'label-content-name-mismatch': { enabled: false } };
    return (await run.run(document, { resultTypes: ['violations'], rules })).violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary}`);
}
