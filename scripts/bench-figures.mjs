// The tables of docs/benchmarks.md about the figures: clouds of services, and published fault trees where they stand beside the repository.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const trees = join(root, '../shared/data/fault-trees');
const heading = '### Fault trees';

/** Deployments of a cloud's services, in words of the table. */
const deployments = [
  ['three-over-two-regions', '2 and 1'],
  ['three-in-each-region', '3 and 3'],
  ['three-and-a-hot-standby', '3, and 3 standing by'],
];

/**
 * Measures and says the tables. `run` starts a program of the benchmark and answers what it prints, `before` is the page as it was: its
 * table of fault trees stays where they are not at hand.
 */
export function measureFigures({ run, say, quick, before }) {
  say('### Figures of clouds: CPU milliseconds, medians of five in one warm process, 10,000 services once in a cold one');
  say('');
  say(
    '| services | require within | instances by region | availability of all | exact | single points of all | cut sets of one | heap |',
  );
  say('|---|---|---|---|---|---|---|---|');
  const clouds = [[100, 12], [300, 12], [300, 40], [1000, 12], ...(quick ? [] : [[10000, 12]])];
  for (const [services, window] of clouds) {
    for (const [deployment, words] of deployments) {
      const rounds = services > 5000 ? 1 : 6;
      const runs = run('cloud-bench.mjs', [services, window, deployment, rounds], ['--expose-gc', '--max-old-space-size=8192']);
      // The first of several warms the process up.
      const warm = runs.length > 1 ? runs.slice(1) : runs;
      const of = (name) => median(warm.map((each) => each[name]));
      const times = ['availability', 'singlePoints', 'cutSets'].map((name) => number(of(name)));
      const exact = of('exact') === of('subjects') ? 'all' : `${number(of('exact'))} of ${number(of('subjects'))}`;
      say(
        `| ${number(services)} | ${window} | ${words} | ${times[0]} | ${exact} | ${times[1]} | ${times[2]} | ${number(of('heap') / 1e6)} MB |`,
      );
    }
  }
  say('');
  if (!existsSync(trees)) {
    const kept = sectionOf(before);
    if (kept !== undefined) say(kept);
    return;
  }
  say(`${heading}: CPU milliseconds, one after the other in one process`);
  say('');
  say('| tree | events | gates | probability | cut sets | minimal cut sets |');
  say('|---|---|---|---|---|---|');
  const found = run('fault-tree-bench.mjs', [trees], ['--max-old-space-size=8192']);
  for (const each of found) {
    const cuts = each.count === undefined ? ['', ''] : [number(each.cutSets), number(BigInt(each.count))];
    const probability = `${number(each.probability)}${each.status === 'known' ? '' : ' (bounds)'}`;
    say(`| ${each.name} | ${number(each.events)} | ${number(each.gates)} | ${probability} | ${cuts.join(' | ')} |`);
  }
  const solved = found.filter((each) => each.status === 'known');
  const sum = (name) => number(solved.reduce((total, each) => total + each[name], 0));
  say('');
  say(`The ${solved.length} with an exact figure together: ${sum('probability')} ms, and their cut sets ${sum('cutSets')} ms.`);
}

function sectionOf(page) {
  const start = page.indexOf(heading);
  if (start < 0) return undefined;
  const end = page.slice(start + heading.length).search(/\n(?:#{2,3} |<!-- )/);
  return page.slice(start, end < 0 ? undefined : start + heading.length + end).trimEnd();
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function number(value) {
  return (typeof value === 'bigint' ? value : Math.round(value)).toLocaleString('en');
}
