/** Each refactoring by example: what is offered, and what the text is afterwards. */
import { describe, expect, it } from 'vitest';
import type { Files } from '../model-of.js';
import { parseFiles } from '../model-of.js';
import { after, figuresOf, offered, problemsOf, selectedIn } from './refactored.js';

/** The files after the one refactoring whose title begins so. */
async function result(marked: Files, title: string): Promise<Files> {
  const { files, refactorings } = await offered(marked);
  const titles = refactorings.map((each) => each.title);
  const found = refactorings.filter((each) => each.title.startsWith(title));
  expect(found.length, `${title}\n${titles.join('\n')}`).toBe(1);
  const [only] = found;
  return only === undefined ? files : after(files, only);
}

async function titlesAt(text: string): Promise<readonly string[]> {
  return (await offered({ 'a.drml': text })).refactorings.map(({ title }) => title);
}

interface Case {
  readonly what: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  /** Figures differ on purpose. */
  readonly changes?: true;
}

const cases: readonly Case[] = [
  {
    what: 'selected statements become a policy, with their comments',
    title: 'Extract policy from 3 statements',
    before: `region r { zones a, b }

/** Documented. */
service s {
  runs 2 in r
  // How it fails.
  [[mtbf 30d  mttr 2m   // measured
  grace 30s]]
  cpu 1
}
`,
    after: `region r { zones a, b }

policy s-policy {
  // How it fails.
  mtbf 30d  mttr 2m   // measured
  grace 30s
}

/** Documented. */
service s {
  follows s-policy
  runs 2 in r
  cpu 1
}
`,
  },
  {
    what: 'a policy that is followed already comes second',
    title: 'Extract policy from 1 statement',
    before: 'policy gold { grace 10s }\nregion r { }\nservice s { follows gold  runs 1 in r  [[grace 30s]] }\n',
    after:
      'policy gold { grace 10s }\nregion r { }\npolicy s-policy {\n  grace 30s\n}\n\nservice s { follows s-policy, gold  runs 1 in r }\n',
  },
  {
    what: 'what several share becomes a policy of all',
    title: 'Extract policy from 2 statements shared with 1 other',
    before:
      'region r { }\nservice s<|> {\n  runs 1 in r\n  mtbf 30d  mttr 2m\n  cpu 1\n}\nservice t { runs 2 in r  mtbf 30d  mttr 2m }\n',
    after:
      'region r { }\npolicy s-policy {\n  mtbf 30d  mttr 2m\n}\n\nservice s {\n  follows s-policy\n  runs 1 in r\n  cpu 1\n}\nservice t { follows s-policy  runs 2 in r }\n',
  },
  {
    what: 'a policy is written into one follower, item by item, and what is stated there wins',
    title: 'Inline policy gold into s',
    before: `policy gold {
  grace 10s
  objective { availability 99%  region-loss { rto 1h  rpo 1m } }
  // why
  probe readiness "/ready" every 5s
}
region r { }
service s {
  follows go<|>ld
  runs 1 in r
  grace 30s
  objective { region-loss { rto 2h } }
}
service t { follows gold  runs 1 in r }
`,
    after: `policy gold {
  grace 10s
  objective { availability 99%  region-loss { rto 1h  rpo 1m } }
  // why
  probe readiness "/ready" every 5s
}
region r { }
service s {
  runs 1 in r
  grace 30s
  objective { region-loss { rto 2h  rpo 1m }  availability 99% }
  // why
  probe readiness "/ready" every 5s
}
service t { follows gold  runs 1 in r }
`,
  },
  {
    what: 'a policy is written into all followers and goes',
    title: 'Inline policy gold into its 2 followers and delete it',
    before:
      'policy go<|>ld { grace 10s }\npolicy b { cpu 1 }\nregion r { }\nservice s { follows gold, b  runs 1 in r }\nservice t { follows gold }\n',
    after: 'policy b { cpu 1 }\nregion r { }\nservice s { follows b  runs 1 in r  grace 10s }\nservice t { grace 10s }\n',
  },
  {
    what: 'a standby of a service waits for traffic',
    title: 'Add a warm standby of s in r2',
    before: 'model m { mesh istio }\nregion r { }\nregion r2 { }\nservice s<|> {\n  runs 3 in r\n}\n',
    after:
      'model m { mesh istio }\nregion r { }\nregion r2 { }\nservice s {\n  runs 3 in r\n  runs 3 in r2 as warm standby\n  failover { decide automatic  switch mesh }\n}\n',
    changes: true,
  },
  {
    what: 'a standby of a store is replicated to; a failover that is there stays',
    title: 'Add a hot standby of d in r2',
    before: 'region r { }\nregion r2 { }\ndatabase d<|> {\n  runs 3 in r\n  failover { detect 10s }\n}\n',
    after:
      'region r { }\nregion r2 { }\ndatabase d {\n  runs 3 in r\n  failover { detect 10s }\n  runs 1 in r2 as hot standby\n  replicates async to r2\n}\n',
    changes: true,
  },
  {
    what: 'instances of one zone spread over all',
    title: 'Spread 2 instances of s over zones a, b, c of r',
    before: 'region r { zones a, b, c }\nservice s { runs 1 in <|>r.a as hot standby }\n',
    after: 'region r { zones a, b, c }\nservice s { runs 2 in r as hot standby }\n',
    changes: true,
  },
  {
    what: 'a list of zones becomes blocks',
    title: 'Write zones a, b as blocks',
    before: 'region r {\n  zones <|>a, b\n}\nservice s { runs 3 in r }\n',
    after: 'region r {\n  zone a { }\n  zone b { }\n}\nservice s { runs 3 in r }\n',
  },
  {
    what: 'blocks of zones that say nothing become a list',
    title: 'Write zones b, c as one list',
    before: 'region r {\n  zone a { mtbf 1y  mttr 1h }\n  zone b<|> { }\n  zone c\n}\nservice s { runs 3 in r }\n',
    after: 'region r {\n  zone a { mtbf 1y  mttr 1h }\n  zones b, c\n}\nservice s { runs 3 in r }\n',
  },
  {
    what: 'a service gets a second half that runs where it does',
    title: 'Split service s: add s-worker',
    before: 'region r { }\nservice s<|> tier 1 {\n  runs 2 in r   // here\n  mtbf 30d  mttr 1m\n  image "a:1"\n}\n',
    after:
      'region r { }\nservice s tier 1 {\n  runs 2 in r   // here\n  mtbf 30d  mttr 1m\n  image "a:1"\n  requires s-worker\n}\n\nservice s-worker tier 1 {\n  runs 2 in r\n  mtbf 30d\n  mttr 1m\n}\n',
    changes: true,
  },
  {
    what: 'selected requirements move to the second half',
    title: 'Split service s: move 1 requirement to s-worker',
    before: 'region r { }\nservice a { runs 1 in r }\nservice s {\n  runs 2 in r\n  [[requires a { timeout 1s }]]\n}\n',
    after:
      'region r { }\nservice a { runs 1 in r }\nservice s {\n  runs 2 in r\n  requires s-worker\n}\n\nservice s-worker {\n  runs 2 in r\n  requires a { timeout 1s }\n}\n',
    changes: true,
  },
  {
    what: 'a requirement becomes a wish',
    title: 'Turn `requires a` into `wants a`',
    before: 'region r { }\nservice a { runs 1 in r }\nservice s { runs 1 in r  requ<|>ires a { timeout 1s } }\n',
    after: 'region r { }\nservice a { runs 1 in r }\nservice s { runs 1 in r  wants a { timeout 1s } }\n',
    changes: true,
  },
  {
    what: 'a wish becomes a requirement',
    title: 'Turn `wants any of a, b` into `requires any of a, b`',
    before: 'service a { }\nservice b { }\nservice s { want<|>s any of a, b }\n',
    after: 'service a { }\nservice b { }\nservice s { requires any of a, b }\n',
    changes: true,
  },
  {
    what: 'what is required has no fallback',
    title: 'Turn `wants a` into `requires a`',
    before: 'region r { }\nservice a { runs 1 in r }\nservice s { runs 1 in r  want<|>s a { fallback "hide"  timeout 1s } }\n',
    after: 'region r { }\nservice a { runs 1 in r }\nservice s { runs 1 in r  requires a { timeout 1s } }\n',
    changes: true,
  },
  {
    what: 'a block that held the fallback alone goes with it',
    title: 'Turn `wants a` into `requires a`',
    before: 'region r { }\nservice a { runs 1 in r }\nservice s { runs 1 in r  want<|>s a { fallback "hide" } }\n',
    after: 'region r { }\nservice a { runs 1 in r }\nservice s { runs 1 in r  requires a }\n',
    changes: true,
  },
  {
    what: 'a block on one line opens, from the outside',
    title: 'Open service to several lines',
    before: 'region r { }\nservice s { runs 1 in r  rollout { surge<|> 25% } }\n',
    after: 'region r { }\nservice s {\n  runs 1 in r\n  rollout { surge 25% }\n}\n',
  },
  {
    what: 'a block of several lines folds, with the blocks in it',
    title: 'Fold objective to one line',
    before:
      'region r { }\nservice s {\n  runs 1 in r\n  object<|>ive {\n    availability 99%\n    region-loss {\n      rto 1h\n      rpo 1m\n    }\n  }\n}\n',
    after: 'region r { }\nservice s {\n  runs 1 in r\n  objective { availability 99%  region-loss { rto 1h  rpo 1m } }\n}\n',
  },
  {
    what: 'Windows line ends stay',
    title: 'Extract policy from 1 statement',
    before: 'region r { }\r\nservice s {\r\n  runs 1 in r\r\n  [[grace 30s]]\r\n}\r\n',
    after:
      'region r { }\r\npolicy s-policy {\r\n  grace 30s\r\n}\r\n\r\nservice s {\r\n  follows s-policy\r\n  runs 1 in r\r\n}\r\n',
  },
];

describe('refactorings', () => {
  it.each(cases)('$what', async ({ title, before, after: wanted, changes }) => {
    const changed = await result({ 'a.drml': before }, title);
    expect(changed['a.drml']).toBe(wanted);
    const [was, is] = [await parseFiles(selectedIn({ 'a.drml': before }).files), await parseFiles(changed)];
    expect(problemsOf(is).filter((problem) => !problemsOf(was).includes(problem))).toEqual([]);
    if (changes === undefined) expect(figuresOf(is)).toBe(figuresOf(was));
    else expect(figuresOf(is)).not.toBe(figuresOf(was));
  });
});

describe('moves', () => {
  const files: Files = {
    'root.drml':
      'import "./sites.drml"\n\nmodel m { }\n\n// Sells.\nservice s<|> { runs 2 in r  requires t }\n\njourney j { requires s }\n',
    'sites.drml': 'region r { zones a, b }\n',
  };

  it('go to a new file that imports what it speaks of', async () => {
    const alone = { ...files, 'root.drml': files['root.drml']?.replace('  requires t', '') ?? '' };
    const moved = await result(alone, 'Move service s to new file s.drml');
    expect(moved).toEqual({
      'root.drml': 'import "./s.drml"\n\nmodel m { }\n\njourney j { requires s }\n',
      'sites.drml': 'region r { zones a, b }\n',
      's.drml': 'import "./sites.drml"\n\n// Sells.\nservice s { runs 2 in r }\n',
    });
    expect(problemsOf(await parseFiles(moved))).toEqual([]);
  });

  it('go to a file that is imported already, behind what stands there', async () => {
    const alone = { ...files, 'root.drml': files['root.drml']?.replace('  requires t', '') ?? '' };
    const moved = await result(alone, 'Move service s to ./sites.drml');
    expect(moved).toEqual({
      'root.drml': 'import "./sites.drml"\n\nmodel m { }\n\njourney j { requires s }\n',
      'sites.drml': 'region r { zones a, b }\n\n// Sells.\nservice s { runs 2 in r }\n',
    });
  });

  it('say where files come to import each other, and draw no other file into that', async () => {
    const circle = { ...files, 'root.drml': `${files['root.drml'] ?? ''}service t { runs 2 in r }\n` };
    const { refactorings } = await offered(circle);
    expect(refactorings.filter(({ kind }) => kind === 'move').map(({ title }) => title)).toEqual([
      'Move service s to new file s.drml (the files will import each other)',
    ]);
  });

  it('take several declarations at once', async () => {
    const text = 'model m { }\n[[region r { }\nservice s { runs 1 in r }]]\n';
    const moved = await result({ 'a.drml': text }, 'Move 2 declarations to new file r.drml');
    expect(moved).toEqual({
      'a.drml': 'import "./r.drml"\n\nmodel m { }\n',
      'r.drml': 'region r { }\n\nservice s { runs 1 in r }\n',
    });
  });
});

describe('what would change the figures', () => {
  it('a failover that may not work stays one event: inlining says why not', async () => {
    const text =
      'policy gold { failover { success 98% } }\nregion r { }\nservice s { follows g<|>old  runs 1 in r }\nservice t { follows gold }\n';
    const { refactorings } = await offered({ 'a.drml': text });
    const inline = refactorings.filter(({ kind }) => kind === 'inline');
    expect(inline.map(({ changes }) => changes)).toEqual([[], []]);
    expect(inline[0]?.refused).toContain('an event of its own');
  });

  it('a policy that another model follows too goes from there as well', async () => {
    const files = {
      'a.drml': 'import "./gold.drml"\nmodel a { }\nregion r { }\nservice s { follows go<|>ld  runs 1 in r }\n',
      'b.drml': 'import "./gold.drml"\nmodel b { }\nregion q { }\nservice t { follows gold  runs 1 in q }\n',
      'gold.drml': 'policy gold { grace 1s }\n',
    };
    const changed = await result(files, 'Inline policy gold into its 2 followers and delete it');
    expect(changed).toEqual({
      'a.drml': 'import "./gold.drml"\nmodel a { }\nregion r { }\nservice s { runs 1 in r  grace 1s }\n',
      'b.drml': 'import "./gold.drml"\nmodel b { }\nregion q { }\nservice t { runs 1 in q  grace 1s }\n',
      'gold.drml': '',
    });
  });

  it('failure data that a default contests stays where it is', async () => {
    const text = 'defaults { availability 99% }\nregion r { }\nservice s { runs 1 in r  [[mtbf 30d  mttr 1h]] }\n';
    expect((await titlesAt(text)).filter((title) => title.startsWith('Extract'))).toEqual([]);
  });

  it('one of two ports stays with the other', async () => {
    const text = 'region r { }\nservice s {\n  runs 1 in r\n  [[port http 80]]\n  port grpc 90\n}\n';
    expect((await titlesAt(text)).filter((title) => title.startsWith('Extract'))).toEqual([]);
  });
});

it('offers nothing in a declaration that cannot be read', async () => {
  expect(await titlesAt('region r { }\nservice s<|> { runs 1 in r  nonsense }\n')).toEqual([]);
});

it('makes up names that are free', async () => {
  const text = 'policy s-policy { grace 1s }\nregion r { }\nservice s { runs 1 in r  [[cpu 1]] }\n';
  const changed = await result({ 'a.drml': text }, 'Extract policy');
  expect(changed['a.drml']).toContain('policy s-policy-2 {\n  cpu 1\n}');
});

it('says where the name stands that it made up', async () => {
  for (const text of ['region r { }\nservice s { runs 1 in r  [[cpu 1]] }\n', 'region r { }\nservice s<|> { runs 1 in r }\n']) {
    const { files, refactorings } = await offered({ 'a.drml': text });
    const named = refactorings.filter(({ rename }) => rename !== undefined);
    expect(named.length).toBeGreaterThan(0);
    for (const each of named) {
      const changed = after(files, each)['a.drml'] ?? '';
      expect(changed.slice(each.rename?.offset)).toMatch(/^s-(policy|worker)\b/);
    }
  }
});
