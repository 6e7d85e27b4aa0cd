/** The picture changes the text: what a person sees in a real VS Code. */
import { describe, expect, it } from 'vitest';
import { seriousProblems } from '../media/serious-problems.js';
import { openedWorkspace } from './opened-workspace.js';
import { untilSeen } from './vs-code.js';

const shop = `model shop { }

region north { zones a, b, c }
region south { zones a, b }

journey buy tier 0 {
  requires orders
}

service orders tier 0 {
  runs 3 in north
  requires stock
}

database stock tier 0 {
  runs 1 in north
}
`;

const opened = openedWorkspace({ 'shop.drml': shop });

const view = () => opened.code.webview();
const card = (name: string) => view().locator(`.pane:not(.placement) [data-node="${name}"]`);
/** The text beside the picture: what is active has the focus, and that is the picture. */
const lines = async () => {
  await opened.code.focusText();
  return (await opened.code.visibleLines()).join('\n');
};

/** Asks for what can be done to a part, by its key. */
async function change(name: string): Promise<void> {
  await card(name).focus();
  await card(name).press('a');
  await view().locator('.change-menu:not([hidden]) .change-of', { hasText: name }).waitFor();
}

describe('the picture', () => {
  it('adds an instance to the text, and takes it back', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    await card('orders').waitFor();
    await change('orders');
    await opened.code.screenshot('picture-change-menu');
    await view().getByRole('menuitem', { name: 'Run 4 instances of orders in north' }).click();
    await untilSeen(lines, (text) => text.includes('runs 4 in north'), 'the fourth instance');
    await view().getByRole('button', { name: 'Undo' }).click();
    await untilSeen(lines, (text) => text.includes('runs 3 in north'), 'the text as it was');
  });

  it('adds a standby with all that belongs to it in one edit', async () => {
    await change('stock');
    await view().getByRole('menuitem', { name: 'Add a hot standby of stock in south' }).click();
    await untilSeen(lines, (text) => text.includes('  replicates async to south'), 'the standby');
    expect(await lines()).toContain('  runs 1 in south as hot standby');
    await view().getByRole('button', { name: 'Undo' }).click();
    await untilSeen(lines, (text) => !text.includes('south as hot standby'), 'the text as it was');
  });

  it('says why something is impossible, and stands in nobody’s way', async () => {
    await change('orders');
    await view().locator('[aria-disabled=true]', { hasText: 'orders keeps no data of its own.' }).waitFor();
    expect(await seriousProblems(view())).toEqual([]);
    await card('orders').page().keyboard.press('Escape');
  });
});
