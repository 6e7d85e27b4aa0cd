import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

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

const opened = openedWorkspace({ 'shop.drml': shop, 'broken.drml': broken });

describe('the editor', () => {
  it('knows the language and colours it', async () => {
    await opened.code.openFile('shop.drml');
    await untilSeen(
      () => opened.code.language().textContent(),
      (language) => language?.includes('DRML') === true,
      'the language DRML in the status bar',
    );
    // `mtk1` is the colour of plain text: a keyword must not have it, and a name must differ from both.
    await until(async () => {
      const [keyword, name] = [
        await opened.code.word('service').getAttribute('class'),
        await opened.code.word('orders').getAttribute('class'),
      ];
      return keyword !== null && !/\bmtk1\b/.test(keyword) && name !== keyword;
    }, 'a keyword and a name in colours of their own');
  });

  it('underlines an unknown name and says what is wrong', async () => {
    await opened.code.openFile('broken.drml');
    await opened.code.page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await opened.code.hover('nobody-knows-it', /nobody-knows-it/);
    const rows = await opened.code.problems();
    await rows.filter({ hasText: 'nobody-knows-it' }).first().waitFor();
  });

  it('explains a figure in the hover', async () => {
    await opened.code.openFile('shop.drml');
    const text = await opened.code.hover('buy', /availability/i);
    expect(text).toMatch(/\d\s?%/);
  });

  it('shows figures as inlay hints and as lenses', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page
      .locator('.editor-group-container.active .codelens-decoration a')
      .filter({ hasText: /%/ })
      .first()
      .waitFor();
    await untilSeen(
      () => opened.code.visibleLines(),
      (lines) => lines.some((line) => /^service orders tier 0 \{\s*\d+(\.\d+)?%/.test(line)),
      'an inlay hint with the availability behind the header of orders',
    );
  });

  it('applies a quick fix that clears its finding', async () => {
    await opened.code.openFile('shop.drml');
    const rows = await opened.code.problems();
    const finding = rows.filter({ hasText: 'DR001' });
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await finding.first().waitFor();
    await opened.code.goTo(6, 4);
    await opened.code.quickFix(/\b3\b/);
    await untilSeen(
      () => opened.code.visibleLines(),
      (lines) => lines.some((line) => /^ {2}runs 3 in north/.test(line)),
      'the text "runs 3"',
    );
    await untilSeen(
      () => finding.count(),
      (count) => count === 0,
      'the finding to disappear',
    );
  });
});
