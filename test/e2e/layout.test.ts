/** What a person sees of keyword hover and of the formatter, in a real VS Code. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

const messy = `region north {
zones a, b }

service   orders {
runs 2   in north
memory 1GiB
}
`;

const open = `region north { zones a, b }

service orders {
runs 2 in north
failover {
detect 10s
`;

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'messy.drml': messy, 'open.drml': open });
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
  it('explains a keyword with its form and an example', async () => {
    await code.openFile('messy.drml');
    const text = await code.hover('memory', /Memory of one instance/);
    expect(text).toContain('memory SIZE');
    expect(text).toContain('memory 512MiB to 1GiB');
  });

  it('lays the document out', async () => {
    await code.openFile('messy.drml');
    await code.revert();
    await code.command('Format Document');
    const laidOut = /^service orders \{.*\n {2}runs 2 in north.*\n {2}memory 1GiB/m;
    await until(async () => laidOut.test((await code.visibleLines()).join('\n')), 'the laid out text');
  });

  it('indents the block that a typed brace closes', async () => {
    await code.openFile('open.drml');
    await code.revert();
    await code.goTo(7);
    await code.page.keyboard.type('}');
    const closed = /^ {2}failover \{.*\n {4}detect 10s.*\n {2}\}/m;
    await until(async () => closed.test((await code.visibleLines()).join('\n')), 'the indented block');
  });
});
