/** What a person sees of keyword hover and of the formatter, in a real VS Code. */
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { untilSeen } from './vs-code.js';

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

const opened = openedWorkspace({ 'messy.drml': messy, 'open.drml': open });

describe('the editor', () => {
  it('explains a keyword with its form and an example', async () => {
    await opened.code.openFile('messy.drml');
    const text = await opened.code.hover('memory', /Memory of one instance/);
    expect(text).toContain('memory SIZE');
    expect(text).toContain('memory 512MiB to 1GiB');
  });

  it('lays the document out', async () => {
    await opened.code.openFile('messy.drml');
    await opened.code.revert();
    await opened.code.command('Format Document');
    const laidOut = /^service orders \{.*\n {2}runs 2 in north.*\n {2}memory 1GiB/m;
    await untilSeen(
      () => opened.code.visibleLines(),
      (lines) => laidOut.test(lines.join('\n')),
      'the laid out text',
    );
  });

  it('indents the block that a typed brace closes', async () => {
    await opened.code.openFile('open.drml');
    await opened.code.revert();
    await opened.code.goTo(7);
    await opened.code.page.keyboard.type('}');
    const closed = /^ {2}failover \{.*\n {4}detect 10s.*\n {2}\}/m;
    await untilSeen(
      () => opened.code.visibleLines(),
      (lines) => closed.test(lines.join('\n')),
      'the indented block',
    );
  });
});
