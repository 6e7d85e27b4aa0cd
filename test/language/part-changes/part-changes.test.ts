/** Changes of one part of a picture: what each writes, and why there is none. */
import { describe, expect, test } from 'vitest';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import { type ChangeKind, partChanges } from '../../../language/part-changes/part-changes.js';
import { parseFiles } from '../model-of.js';
import { unformatted } from '../refactor/refactored.js';
import { judge, testDay } from '../rules/judged.js';

const text = `region north { zones a, b, c }
region south { zones a, b }

journey buy tier 0 {
  requires orders
}

service orders tier 0 {
  runs 2 in north  // two are enough
  requires stock
}

database stock tier 0 {
  runs 1 in north.a
}

coordinator votes {
  runs 3 in north
}

external pay { }
`;

async function groupOf(name: string, kind: ChangeKind, of = text) {
  const { model, findings } = await judge(of);
  const found = partChanges(model, findings, testDay, name).find((group) => group.kind === kind);
  if (found === undefined) throw new Error(`${name} has no ${kind}`);
  return found;
}

const applied = (edits: Parameters<typeof applyEdits>[0]): string =>
  changedText(
    text,
    applyEdits(edits, () => text),
  );

describe('a change', () => {
  test.each([
    ['orders', 'instance', 'runs 3 in north  // two are enough'],
    ['votes', 'instance', 'runs 5 in north'],
    ['orders', 'zone', 'runs 3 in north  // two are enough'],
    ['stock', 'zone', 'runs 1 in north.b'],
    ['orders', 'standby', 'runs 2 in south as warm standby'],
    ['stock', 'standby', 'replicates async to south'],
    ['stock', 'backup', 'backup nightly {'],
    ['stock', 'accept', 'accepts DR'],
    ['north', 'zone', 'zone d'],
  ] as const)('of %s: %s writes %j, laid out, and adds no error', async (name, kind, written) => {
    const { changes } = await groupOf(name, kind);
    const [first] = changes;
    if (first === undefined) throw new Error('No change.');
    const after = applied(first.edits);
    expect(after).toContain(written);
    expect(unformatted(await parseFiles({ 'model.drml': after }))).toEqual([]);
    expect((await judge(after)).problems).toEqual([]);
  });

  test('one more zone is a zone more', async () => {
    for (const name of ['orders', 'stock']) {
      const [first] = (await groupOf(name, 'zone')).changes;
      const zones = async (of: string): Promise<number> =>
        new Set((await judge(of)).model.components.find((each) => each.name === name)?.placements.flatMap((each) => each.zones))
          .size;
      expect(await zones(applied(first?.edits ?? []))).toBe((await zones(text)) + 1);
    }
  });

  test('an accepted risk is found no more', async () => {
    const open = (await judge(text)).findings.filter(({ subject }) => subject === 'stock').map(({ code }) => code);
    const { changes } = await groupOf('stock', 'accept');
    expect(changes).toHaveLength(new Set(open).size);
    for (const { title, edits } of changes) {
      const code = /DR\d+/.exec(title)?.[0] ?? '';
      const { findings } = await judge(applied(edits));
      expect(findings.filter((each) => each.subject === 'stock' && each.code === code && each.accepted === undefined)).toEqual(
        [],
      );
    }
  });

  test.each([
    ['pay', 'instance', /^pay is somebody else's/],
    ['votes', 'standby', /^All members of a coordinator vote/],
    ['votes', 'zone', /^votes runs in every zone of north/],
    ['orders', 'backup', /^orders keeps no data/],
    ['pay', 'accept', /^Nothing is found that speaks of pay/],
  ] as const)('of %s: %s is impossible, with a reason', async (name, kind, reason) => {
    const found = await groupOf(name, kind);
    expect(found.changes).toEqual([]);
    expect(found.reason).toMatch(reason);
  });

  test('of what the model does not have there is none', async () => {
    const { model, findings } = await judge(text);
    expect(partChanges(model, findings, testDay, 'nobody')).toEqual([]);
  });
});
