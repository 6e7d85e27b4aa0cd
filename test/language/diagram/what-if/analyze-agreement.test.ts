/**
 * What the picture says of a loss is what `drml analyze` says of it: each place of each example is lost in the picture, what is shown is
 * kept as a scenario in the text, and the figures that the command line then prints as JSON are compared with header, pills and states.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { durationText } from '../../../../language/analysis/figure-text.js';
import type { FigureReport } from '../../../../language/analysis/report/figure-report.js';
import { keptScenario } from '../../../../language/diagram/what-if/kept-scenario.js';
import type { Switches } from '../../../../language/diagram/what-if/switches.js';
import { whatIf } from '../../../../language/diagram/what-if/what-if.js';
import { changedText } from '../../../../language/edit/apply.js';
import { type Files, filesIn, pipeline, shortName } from '../../../golden/pipeline.js';

const examples = join(import.meta.dirname, '../../../../examples');
const roots: readonly (readonly [string, string])[] = [
  ['boutique-two-regions', 'boutique-two-regions.drml'],
  ['online-boutique', 'online-boutique.drml'],
  ['shop', 'shop.drml'],
  ['incidents/github-2018', 'before.drml'],
  ['incidents/github-2018', 'after.drml'],
  ['incidents/ovh-2021', 'before.drml'],
  ['incidents/unisuper-2024', 'after.drml'],
];

/** As a figure of the JSON reads in the picture. */
function readOf({ status, value, lower, upper }: FigureReport): string {
  switch (status) {
    case 'known':
      return durationText(value ?? Number.NaN);
    case 'bounded':
      return `${durationText(lower ?? Number.NaN)} to ${durationText(upper ?? Number.NaN)}`;
    case 'unknown':
      return 'not known';
    default:
      return 'never';
  }
}

describe.each(roots)('%s %s', (folder, root) => {
  const files: Files = filesIn(join(examples, folder));

  test('says of each place, lost, what analyze says of the scenario that it is kept as', async () => {
    const { model, analysis } = await pipeline(files, root);
    const places = model.regions.flatMap(({ name, zones }) => [name, ...zones.map(({ path }) => path)]);
    expect(places.length).toBeGreaterThan(0);
    let compared = 0;
    for (const site of places) {
      const switches: Switches = { off: [{ kind: 'site', site }] };
      const shown = whatIf(model, analysis, switches);
      if (shown === undefined) throw new Error(`${site} is no place of the model.`);
      const kept = keptScenario(model, shown, (uri) => files[shortName(uri)]);
      if ('problem' in kept) throw new Error(kept.problem);
      const written = changedText(files[root] ?? '', kept.changes);
      const again = await pipeline({ ...files, [root]: written }, root);
      const told = again.analysis.report('memory:/').scenarios[kept.name];
      if (told === undefined) throw new Error(`${kept.name} is not analysed.`);

      const states = new Map(shown.states.nodes.map((node) => [node.id, node]));
      const down = [...states].filter(([, { state }]) => state === 'down' || state === 'lost').map(([id]) => id);
      expect([site, down.sort()]).toEqual([site, [...told.down].sort()]);
      for (const name of told.lost) expect([site, name, states.get(name)?.reason]).toEqual([site, name, 'all data lost']);
      for (const { name, up, rto, rpo } of shown.journeys) {
        const recovery = told.recovery[name];
        expect([site, name, up]).toEqual([site, name, !told.down.includes(name)]);
        if (recovery !== undefined) compared += 1;
        const expected = recovery === undefined ? ['0 s', '0 s'] : [readOf(recovery.rto), readOf(recovery.rpo)];
        expect([site, name, rto, rpo]).toEqual([site, name, ...expected]);
        // A pill has room for the worst of it only, and says that.
        for (const { text } of states.get(name)?.chips ?? []) {
          if (text.startsWith('RTO')) expect([site, name, text]).toEqual([site, name, expect.stringContaining(rto)]);
          if (text.startsWith('RPO')) expect([site, name, text]).toEqual([site, name, expect.stringContaining(rpo)]);
        }
      }
      // What was expected to hold in the text is what is shown as up, so the command line finds it met.
      expect([site, told.expectations.filter(({ met }) => met !== true)]).toEqual([site, []]);
    }
    expect(compared).toBeGreaterThan(0);
  }, 120_000);
});
