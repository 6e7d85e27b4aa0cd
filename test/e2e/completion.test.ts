import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

const shop = `import "./sites.drml"

model shop {}

service orders tier 0 {
  runs 3 in north

}

bucket vault in south {}
`;
const sites = 'region north { zones a, b, c }\nregion south { zones x, y }\n';
const platform = '/** Books payments. */\nservice payments "Payments" tier 0 {}\n';

// The editor saves by itself, so each test has a file of its own.
const shops = ['regions', 'zones', 'block', 'import', 'form'].map((name) => [`${name}.drml`, shop] as const);
const opened = openedWorkspace({ ...Object.fromEntries(shops), 'sites.drml': sites, 'platform.drml': platform });

/** The rows of the open list of proposals. */
function rows() {
  return opened.code.page.locator('.suggest-widget.visible .monaco-list-row');
}

function hint() {
  return opened.code.page.locator('.parameter-hints-widget.visible .signature');
}

/** Takes a suggestion of the list; one that closed before it could be taken is asked for again. */
async function take(text: string): Promise<void> {
  await until(async () => {
    if ((await rows().count()) === 0) await opened.code.page.keyboard.press('Control+Space');
    await rows().filter({ hasText: text }).first().click({ timeout: 4_000 });
    return true;
  }, `the suggestion ${text}`);
}

/** Opens a file with the cursor on the empty line of its service. */
async function onEmptyLine(path: string): Promise<void> {
  await opened.code.openFile(path);
  await opened.code.goTo(7, 1);
}

async function lines(expected: RegExp, what: string): Promise<void> {
  await untilSeen(
    () => opened.code.visibleLines(),
    (lines) => lines.some((line) => expected.test(line)),
    what,
  );
}

describe('completion', () => {
  it('offers regions by itself after a blank, and takes one', async () => {
    await onEmptyLine('regions.drml');
    await opened.code.page.keyboard.type('  runs 1 in ', { delay: 40 });
    await rows().filter({ hasText: 'south' }).first().waitFor();
    expect(await rows().count()).toBe(2);
    await opened.code.page.keyboard.type('so', { delay: 40 });
    await opened.code.page.keyboard.press('Enter');
    // A hint may stand behind it.
    await lines(/^ {2}runs 1 in south/, 'the region in the text');
  });

  it('offers the zones of that region after a dot', async () => {
    await onEmptyLine('zones.drml');
    await opened.code.page.keyboard.type('  runs 1 in south.', { delay: 40 });
    await rows().filter({ hasText: 'zone of south' }).first().waitFor();
    expect(await rows().count()).toBe(2);
  });

  it('unfolds a block with tab stops', async () => {
    await onEmptyLine('block.drml');
    await opened.code.page.keyboard.type('  failov', { delay: 40 });
    await take('failover {');
    await lines(/^ {4}detect 30s/, 'the block in the text');
  });

  it('brings the import of a name of another file', async () => {
    await onEmptyLine('import.drml');
    await opened.code.page.keyboard.type('  requires pay', { delay: 40 });
    await take('payments');
    await lines(/^import "\.\/platform\.drml"$/, 'the import');
    await lines(/^ {2}requires payments$/, 'the name in the text');
  });
});

describe('signature help', () => {
  it('shows the form of the statement and the part that is due', async () => {
    await onEmptyLine('form.drml');
    await opened.code.page.keyboard.type('  requires vault { retries 1 ', { delay: 40 });
    await hint().filter({ hasText: 'retries N' }).first().waitFor();
    await untilSeen(
      () => opened.code.page.locator('.parameter-hints-widget.visible .parameter.active').textContent(),
      (active) => active === '[each DURATION]',
      'the active part "[each DURATION]"',
    );
  });
});
