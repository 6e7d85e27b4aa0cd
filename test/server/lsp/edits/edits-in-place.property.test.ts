import { expect, test } from 'vitest';
import { runEdits } from './random-edits.js';
import { ServerInProcess } from './server-in-process.js';

test.each([1, 2])(
  'after each random edit (seed %i) everything equals a build from nothing',
  { timeout: 120_000 },
  async (seed) => {
    const { edits, inPlace } = await runEdits(seed, 50);
    // Many of them stay inside one element: a path that is never taken would pass too.
    expect(inPlace).toBeGreaterThan(edits / 6);
  },
);

test.each([
  ['a comment', '/** Takes orders. **/ // and more /* of them', 1],
  ['a comment and what stands between it and a later end', '/** T*/akes orders. */', 0],
  ['a comment of one line that holds the start of another', '// takes /* them\nakes orders. */', 0],
])('before an element stands %s', async (_, gap, inPlace) => {
  const before = `model shop { namespace shop }\n\n${gap}\nservice orders {\n  mtbf 30d\n}\n`;
  const at = before.indexOf('30d');
  const [edited, fresh] = [new ServerInProcess(), new ServerInProcess()];
  await edited.rebuild(new Map([['main.drml', before]]));
  edited.edit('main.drml', at, at + 2, '40');
  expect(await edited.build(['main.drml'])).toBe(inPlace);
  await fresh.rebuild(new Map([['main.drml', before.replace('30d', '40d')]]));
  expect(edited.known('main.drml')).toEqual(fresh.known('main.drml'));
});
