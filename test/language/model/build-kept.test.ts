/** What is kept of a model from one build to the next: the same objects where nothing is said otherwise, with their places in the new text. */
import { EmptyFileSystem, type LangiumDocument, TextDocument, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import type { DrmlFile } from '../../../language/generated/ast.js';
import { buildModel } from '../../../language/model/build.js';
import { KeptElements } from '../../../language/model/build-kept.js';
import type { Model } from '../../../language/model/model.js';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { EditInPlace } from '../../../language/syntax/incremental/edit-in-place.js';

const before = `region north { zones a, b }
policy gold { mttr 5m }
defaults service { common cause 5% }
service first {
  runs 2 in north
  mtbf 30d
  follows gold
}
service second {
  runs 2 in north
  mtbf 40d  mttr 4m
  requires first { timeout 1s }
  requires third
}
service third { runs 2 in north }
journey buy { requires second }
`;

/** A model that is built after `edit` with what was kept of the one before, and one from nothing. */
async function built(edit: (text: string) => string, inPlace: boolean) {
  const { shared, drml } = createDrmlCoreServices(EmptyFileSystem);
  const uri = URI.parse('memory:///kept.drml');
  const read = async (text: string): Promise<LangiumDocument<DrmlFile>> => {
    if (shared.workspace.LangiumDocuments.hasDocument(uri)) shared.workspace.LangiumDocuments.deleteDocument(uri);
    const document = shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, uri);
    shared.workspace.LangiumDocuments.addDocument(document);
    await shared.workspace.DocumentBuilder.build([document], { validation: true });
    return document;
  };
  const kept = new KeptElements();
  let document = await read(before);
  const model = buildModel([document], { kept });
  // The old model's places move; what stood in it is remembered by identity and in plain data.
  const shown = JSON.stringify(model);
  if (inPlace) {
    TextDocument.update(document.textDocument, [{ text: edit(before) }], 2);
    expect(new EditInPlace(drml).apply(document)).toBe(true);
  } else document = await read(edit(before));
  return { model, shown, again: buildModel([document], { kept }), fresh: buildModel([document]) };
}

function component(model: Model, name: string): Model['components'][number] {
  const found = model.components.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

describe.each([
  ['in place', true],
  ['by reading the whole file', false],
])('an edit of one component, %s', (_, inPlace) => {
  it('leaves all others the same objects, with their new places', async () => {
    const { model, shown, again, fresh } = await built((text) => text.replace('30d', '1234d'), inPlace);
    expect(JSON.stringify(fresh)).not.toBe(shown);
    expect(JSON.stringify(again)).toBe(JSON.stringify(fresh));
    for (const name of ['second', 'third']) expect(component(again, name)).toBe(component(model, name));
    expect(again.regions[0]).toBe(model.regions[0]);
    expect(again.journeys[0]).toBe(model.journeys[0]);
    expect(component(again, 'first')).not.toBe(component(model, 'first'));
    // Of the changed one those parts stay that say the same.
    expect(component(again, 'first').placements).toBe(component(model, 'first').placements);
  });

  it('keeps what is written otherwise and says the same', async () => {
    const { model, again, fresh } = await built((text) => text.replace('mtbf 30d', 'mtbf   30d // a month'), inPlace);
    expect(component(again, 'first')).toBe(component(model, 'first'));
    expect(JSON.stringify(again)).toBe(JSON.stringify(fresh));
  });
});

it.each([
  ['a policy', 'mttr 5m', 'mttr 6m', ['first']],
  ['defaults', 'common cause 5%', 'common cause 6%', ['first', 'second', 'third']],
  ['the order of zones', 'zones a, b }', 'zones b, a }', ['first', 'second', 'third']],
  ['a name that is gone', 'service third {', 'service fourth {', ['second']],
  ['text above', 'region north', '// new\nregion north', []],
])('%s changes those that it reaches', async (_, from, to, changed) => {
  const { model, again, fresh } = await built((text) => text.replace(from, to), false);
  expect(JSON.stringify(again)).toBe(JSON.stringify(fresh));
  const common = again.components.filter(({ name }) => model.components.some((each) => each.name === name));
  const others = common.filter((each) => each !== component(model, each.name)).map(({ name }) => name);
  expect(others).toEqual(changed);
});
