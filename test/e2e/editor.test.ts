import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

const shop = `model shop {}

region north { zones a, b, c }

service orders tier 0 {
  runs 1 in north
  availability 99%
  requires stock
}

service stock tier 0 {
  runs 3 in north
  availability 99%
}

journey buy tier 0 {
  requires orders
}
`;

const broken = `region north { zones a }

service orders {
  runs 2 in north
  requires nobody-knows-it
}
`;

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'shop.drml': shop, 'broken.drml': broken });
  code = await VsCode.open(inject('vsCode'), folder);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

describe('the editor', () => {
  it('knows the language and colours it', async () => {
    await code.openFile('shop.drml');
    await until(
      async () => (await code.language().textContent())?.includes('DRML') === true,
      'the language DRML in the status bar',
    );
    // `mtk1` is the colour of plain text: a keyword must not have it, and a name must differ from both.
    await until(async () => {
      const [keyword, name] = [await code.word('service').getAttribute('class'), await code.word('orders').getAttribute('class')];
      return keyword !== null && !/\bmtk1\b/.test(keyword) && name !== keyword;
    }, 'a keyword and a name in colours of their own');
  });

  it('underlines an unknown name and says what is wrong', async () => {
    await code.openFile('broken.drml');
    await code.page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await code.hover('nobody-knows-it', /nobody-knows-it/);
    const rows = await code.problems();
    await rows.filter({ hasText: 'nobody-knows-it' }).first().waitFor();
  });

  it('explains a figure in the hover', async () => {
    await code.openFile('shop.drml');
    const text = await code.hover('buy', /availability/i);
    expect(text).toMatch(/\d\s?%/);
  });

  it('shows figures as inlay hints and as lenses', async () => {
    await code.openFile('shop.drml');
    await code.page.locator('.editor-group-container.active .codelens-decoration a').filter({ hasText: /%/ }).first().waitFor();
    await until(
      async () => (await code.visibleLines()).some((line) => /^service orders tier 0 \{\s*\d+(\.\d+)?%/.test(line)),
      'an inlay hint with the availability behind the header of orders',
    );
  });

  it('applies a quick fix that clears its finding', async () => {
    await code.openFile('shop.drml');
    const rows = await code.problems();
    const finding = rows.filter({ hasText: 'DR001' });
    await code.openFile('shop.drml');
    await code.revert();
    await finding.first().waitFor();
    await code.goTo(6, 4);
    await code.page.keyboard.press('Control+.');
    const action = code.page.locator('.action-widget .monaco-list-row.action').filter({ hasText: /\b3\b/ }).first();
    await action.click();
    await until(async () => (await code.visibleLines()).some((line) => /^ {2}runs 3 in north/.test(line)), 'the text "runs 3"');
    await until(async () => (await finding.count()) === 0, 'the finding to disappear');
  });
});
