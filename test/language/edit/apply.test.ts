import { describe, expect, it } from 'vitest';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import type { Edit } from '../../../language/edit/edit.js';
import type { Source } from '../../../language/model/fact.js';

const uri = 'memory:///model.drml';

/** The range of a text that is there once. */
function rangeOf(text: string, part: string): Source {
  const start = text.indexOf(part);
  if (start < 0) throw new Error(`"${part}" is not in the text.`);
  return { uri, start, end: start + part.length };
}

/** The range of a declaration: from its first words to the brace that closes it, for tests the last one of the part. */
function added(text: string, declaration: string, ...statements: readonly string[]): string {
  const block = rangeOf(text, declaration);
  return apply(
    text,
    statements.map((statement) => ({ kind: 'add-statement', block, text: statement })),
  );
}

function apply(text: string, edits: readonly Edit[]): string {
  return changedText(
    text,
    applyEdits(edits, (asked) => (asked === uri ? text : undefined)),
  );
}

describe('adding a statement', () => {
  const cases: readonly { readonly name: string; readonly before: string; readonly statement: string; readonly after: string }[] =
    [
      {
        name: 'stands before the closing brace, indented as its neighbours',
        before: 'service a {\n    runs 1 in r // why\n}\n',
        statement: 'wants b',
        after: 'service a {\n    runs 1 in r // why\n    wants b\n}\n',
      },
      {
        name: 'stays on the line of a one-line block',
        before: 'service a { runs 1 in r }',
        statement: 'wants b',
        after: 'service a { runs 1 in r  wants b }',
      },
      { name: 'fills an empty block', before: 'bucket a { }', statement: 'locked 1d', after: 'bucket a { locked 1d }' },
      {
        name: 'fills an empty block without blanks',
        before: 'bucket a {}',
        statement: 'locked 1d',
        after: 'bucket a { locked 1d }',
      },
      {
        name: 'fills an empty block of several lines',
        before: 'bucket a {\n}',
        statement: 'locked 1d',
        after: 'bucket a {\n  locked 1d\n}',
      },
      {
        name: 'opens a one-line block for a statement of several lines',
        before: 'database a { runs 1 in r }',
        statement: 'backup n {\n  full every 1d\n}',
        after: 'database a {\n  runs 1 in r\n  backup n {\n    full every 1d\n  }\n}',
      },
      {
        name: 'opens a one-line block that would grow too long',
        before: `service a { owner "${'x'.repeat(90)}" }`,
        statement: 'accepts DR001 until 2027-01-01',
        after: `service a {\n  owner "${'x'.repeat(90)}"\n  accepts DR001 until 2027-01-01\n}`,
      },
      {
        name: 'keeps CRLF',
        before: 'database a {\r\n  runs 1 in r\r\n}\r\n',
        statement: 'backup n {\n  full every 1d\n}',
        after: 'database a {\r\n  runs 1 in r\r\n  backup n {\r\n    full every 1d\r\n  }\r\n}\r\n',
      },
      {
        name: 'keeps tabs',
        before: 'database a {\n\truns 1 in r\n}',
        statement: 'backup n {\n  full every 1d\n}',
        after: 'database a {\n\truns 1 in r\n\tbackup n {\n\t\tfull every 1d\n\t}\n}',
      },
      {
        name: 'is not misled by braces in strings and comments',
        before: 'service a "}{" {\n  // }\n  image "x}" /* } { */\n}',
        statement: 'wants b',
        after: 'service a "}{" {\n  // }\n  image "x}" /* } { */\n  wants b\n}',
      },
      {
        name: 'is not misled by inner blocks',
        before: 'service a {\n  requires b { timeout 1s }\n  objective {\n    availability 99%\n  }\n}',
        statement: 'wants c',
        after: 'service a {\n  requires b { timeout 1s }\n  objective {\n    availability 99%\n  }\n  wants c\n}',
      },
      {
        name: 'stands on its own line where the brace does not',
        before: 'service a {\n  runs 1 in r }',
        statement: 'wants b',
        after: 'service a {\n  runs 1 in r\n  wants b\n}',
      },
      {
        name: 'makes a block where there is none',
        before: '  zone a',
        statement: 'building "N"',
        after: '  zone a {\n    building "N"\n  }',
      },
    ];
  it.each(cases)('$name', ({ before, statement, after }) => {
    expect(added(before, before.trim(), statement)).toBe(after);
  });

  it('keeps the order of several statements of one block', () => {
    expect(added('service a {\n  runs 1 in r\n}', 'service a {\n  runs 1 in r\n}', 'wants b', 'wants c')).toBe(
      'service a {\n  runs 1 in r\n  wants b\n  wants c\n}',
    );
    expect(added('service a { }', 'service a { }', 'wants b', 'wants c')).toBe('service a { wants b  wants c }');
  });

  it('reaches a block inside a one-line block', () => {
    const text = 'database a { runs 1 in r  backup n { full every 1d } }';
    expect(added(text, 'backup n { full every 1d }', 'copies to vault')).toBe(
      'database a { runs 1 in r  backup n { full every 1d  copies to vault } }',
    );
  });
});

describe('adding a declaration', () => {
  const cases: readonly { readonly name: string; readonly text: string; readonly after: string; readonly result: string }[] = [
    {
      name: 'stands under a line',
      text: 'bucket a { }\nbucket b { }\n',
      after: 'bucket a { }',
      result: 'bucket a { }\nbucket new { }\nbucket b { }\n',
    },
    {
      name: 'stands under a block with a blank line',
      text: 'service a {\n}\n',
      after: 'service a {\n}',
      result: 'service a {\n}\n\nbucket new { }\n',
    },
    {
      name: 'leaves a comment at the end of the line',
      text: 'bucket a { } // far\n',
      after: 'bucket a { }',
      result: 'bucket a { } // far\nbucket new { }\n',
    },
    {
      name: 'splits two declarations of one line',
      text: 'bucket a { } bucket b { }',
      after: 'bucket a { }',
      result: 'bucket a { }\nbucket new { }\n bucket b { }',
    },
    {
      name: 'keeps CRLF',
      text: 'bucket a { }\r\nbucket b { }\r\n',
      after: 'bucket a { }',
      result: 'bucket a { }\r\nbucket new { }\r\nbucket b { }\r\n',
    },
  ];
  it.each(cases)('$name', ({ text, after, result }) => {
    expect(apply(text, [{ kind: 'add-declaration', after: rangeOf(text, after), text: 'bucket new { }' }])).toBe(result);
  });
});

describe('replacing', () => {
  it('changes the range and nothing else', () => {
    const text = 'service a { runs 1 /* one */ in r } // end';
    expect(apply(text, [{ kind: 'replace', at: rangeOf(text, '1'), text: '3' }])).toBe(
      'service a { runs 3 /* one */ in r } // end',
    );
  });

  it('takes the line of a statement that goes, where it stands alone', () => {
    const text = 'service a {\r\n  runs 1 in r\r\n  wants b\r\n}';
    expect(apply(text, [{ kind: 'replace', at: rangeOf(text, 'wants b'), text: '' }])).toBe('service a {\r\n  runs 1 in r\r\n}');
  });

  it('takes the blanks before a statement that goes from a shared line', () => {
    const text = 'service a { runs 1 in r  wants b }';
    expect(apply(text, [{ kind: 'replace', at: rangeOf(text, 'wants b'), text: '' }])).toBe('service a { runs 1 in r }');
  });
});

describe('setting a value', () => {
  const cases: readonly {
    readonly statement: string;
    readonly after: string;
    readonly value: string;
    readonly result: string;
  }[] = [
    { statement: 'runs 1 in north', after: 'runs', value: '3', result: 'runs 3 in north' },
    {
      statement: 'runs /* just */ 1 in r1 zones a // 1',
      after: 'runs',
      value: '3',
      result: 'runs /* just */ 3 in r1 zones a // 1',
    },
    { statement: 'availability 99.95%', after: 'availability', value: '99.9%', result: 'availability 99.9%' },
    { statement: 'rpo 15 m', after: 'rpo', value: '1h', result: 'rpo 1h' },
    { statement: 'log every 1h at 02:00 lags 1m', after: 'every', value: '5m', result: 'log every 5m at 02:00 lags 1m' },
    { statement: 'objective { rto 1m rpo 5m }', after: 'rpo', value: '1m', result: 'objective { rto 1m rpo 1m }' },
    { statement: '99.95%', after: 'availability', value: '99.9%', result: '99.9%' },
  ];
  it.each(cases)('$statement after $after', ({ statement, after, value, result }) => {
    const text = `service a { ${statement}\n}`;
    expect(apply(text, [{ kind: 'set-value', at: rangeOf(text, statement), after, text: value }])).toBe(
      `service a { ${result}\n}`,
    );
  });
});

describe('several edits', () => {
  it('are carried out together and sorted; what is in an unknown file is left out', () => {
    const text = 'service a { runs 1 in r }\nservice b { runs 1 in r }\n';
    const edits: readonly Edit[] = [
      { kind: 'add-statement', block: rangeOf(text, 'service b { runs 1 in r }'), text: 'wants a' },
      { kind: 'replace', at: rangeOf(text, 'a'), text: 'first' },
      { kind: 'replace', at: { uri: 'memory:///other.drml', start: 0, end: 1 }, text: 'x' },
    ];
    const changes = applyEdits(edits, (asked) => (asked === uri ? text : undefined));
    expect(changes.map((change) => change.start)).toEqual([...changes.map((change) => change.start)].sort((a, b) => a - b));
    expect(changes).toHaveLength(2);
    expect(
      changedText(text, [{ uri, start: 0, end: 7, text: 'gateway' }, ...changes.filter((change) => change.start > 20)]),
    ).toBe('gateway a { runs 1 in r }\nservice b { runs 1 in r  wants a }\n');
  });
});

describe('edits of a block and of what stands in it', () => {
  it('do not overlap, also where the outer one opens a line', () => {
    const text = 'service a { runs 1 in r  failover { detect 1s } }\n';
    const changes = applyEdits(
      [
        { kind: 'add-statement', block: rangeOf(text, 'failover { detect 1s }'), text: 'success 99%' },
        { kind: 'add-statement', block: rangeOf(text, text.trimEnd()), text: '// why\ngrace 30s' },
      ],
      () => text,
    );
    changes.forEach((change, index) => {
      expect(change.start).toBeGreaterThanOrEqual(changes[index - 1]?.end ?? 0);
    });
    expect(changedText(text, changes)).toBe(
      'service a {\n  runs 1 in r  failover { detect 1s  success 99% }\n  // why\n  grace 30s\n}\n',
    );
  });
});
