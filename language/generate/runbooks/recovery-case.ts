/** What a runbook is written for: every scenario, and the loss of each region that something can be recovered from. */
import type { Analysis, ScenarioFigures } from '../../analysis/analysis.js';
import type { Model, Region, Scenario } from '../../model/model.js';
import { uniqueLabels } from '../names.js';

export interface RecoveryCase {
  /** Of the file, without its ending. */
  readonly file: string;
  readonly scenario: Scenario;
  readonly figures: ScenarioFigures;
  /** Names of the regions that are gone as a whole. */
  readonly lostRegions: ReadonlySet<string>;
}

/**
 * The model with one more scenario for each region whose loss nobody wrote one for, all of it by name: where two reasons are as good,
 * figures tell the one they meet first.
 */
export function withRegionLosses(model: Model): Model {
  const imagined = model.regions.filter((region) => isWorthAPage(model, region)).map((region) => lossOf(model, region));
  return {
    ...model,
    regions: byName(model.regions),
    components: byName(model.components),
    journeys: byName(model.journeys),
    scenarios: byName([...model.scenarios, ...imagined]),
  };
}

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The cases of a model that are wanted, in the order of their files. `analysis` is of the model {@link withRegionLosses}. */
export function recoveryCases(
  model: Model,
  analysis: () => Analysis,
  wanted: (file: string) => boolean,
): readonly RecoveryCase[] {
  const { scenarios } = withRegionLosses(model);
  const files = uniqueLabels(scenarios.map(({ name }) => name));
  return scenarios
    .flatMap((scenario): readonly RecoveryCase[] => {
      const file = files.get(scenario.name);
      if (file === undefined || !wanted(file)) return [];
      const figures = analysis().scenario(scenario.name);
      return figures === undefined ? [] : [{ file, scenario, figures, lostRegions: lostRegions(model, scenario) }];
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Something serves there, something runs elsewhere too, and no scenario says what then is to be done. */
function isWorthAPage(model: Model, { name }: Region): boolean {
  const told = model.scenarios.some(
    ({ fails }) =>
      fails.length === 1 &&
      fails[0]?.targets.length === 1 &&
      fails[0].targets[0]?.kind === 'site' &&
      fails[0].targets[0].site === name,
  );
  return (
    !told &&
    model.components.some(
      ({ placements }) =>
        placements.some(({ region, role }) => region === name && role === 'active') &&
        placements.some(({ region }) => region !== name),
    )
  );
}

/** The loss of a region as a scenario that nobody wrote. */
function lossOf(model: Model, region: Region): Scenario {
  const taken = new Set(model.scenarios.map(({ name }) => name));
  let name = `lose-${region.name}`;
  while (taken.has(name)) name = `${name}-region`;
  const source = region.nameSource;
  return {
    name,
    title: `${region.title ?? region.name} is lost`,
    source,
    nameSource: source,
    fails: [{ targets: [{ kind: 'site', site: region.name, source }], source }],
    corrupts: [],
    deletes: [],
    expects: [],
    accepts: [],
  };
}

function lostRegions(model: Model, scenario: Scenario): ReadonlySet<string> {
  const targets = scenario.fails.flatMap((failing) => failing.targets);
  const lost = model.regions.filter(({ name, fate }) =>
    targets.some((target) => {
      if (target.kind === 'site') return target.site === name;
      if (target.kind === 'provider' || target.kind === 'account') return fate[target.kind]?.value === target.name;
      return false;
    }),
  );
  return new Set(lost.map(({ name }) => name));
}
