import type { AnalysedModel } from '../../language/workspace.js';

/**
 * What the models of a file say of one thing: once where they agree, with their names where they do not: `shop 99.95% · pay 99.9%`.
 * Undefined where none says anything.
 */
export function agreedText(
  models: readonly AnalysedModel[],
  textOf: (analysed: AnalysedModel) => string | undefined,
): string | undefined {
  const said = models.flatMap((analysed) => {
    const text = textOf(analysed);
    return text === undefined ? [] : [{ name: analysed.model.name, text }];
  });
  const [first] = said;
  if (first === undefined) return undefined;
  if (said.every(({ text }) => text === first.text)) return first.text;
  return said.map(({ name, text }) => `${name} ${text}`).join(' \u00b7 ');
}
