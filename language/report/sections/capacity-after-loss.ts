import type { Analysis } from '../../analysis/analysis.js';
import type { ComponentCapacity, LossKind } from '../../analysis/capacity/capacity-figures.js';
import type { Figure } from '../../analysis/figure.js';
import { amountText } from '../../analysis/figure-text.js';
import type { Model } from '../../model/model.js';
import { type Block, type Cell, paragraph, type Section, type Span, status, verdict } from '../document.js';
import { byText } from '../report-input.js';
import { componentsOf, type Subject, subjectText } from '../subjects.js';

/** What those who are left must carry, of components that state both a load and a capacity. */
export function capacityAfterLoss(model: Model, analysis: Analysis): Section {
  const demands = new Map(model.components.map(({ name, demand }) => [name, demand]));
  const rows = componentsOf(model).flatMap((subject) => {
    const demand = demands.get(subject.name);
    const found = analysis.capacity(subject.name);
    if (found?.kind !== 'component' || demand?.capacity === undefined) return [];
    if (demand.load === undefined && demand.peak === undefined) return [];
    return [rowOf(subject, found)];
  });
  const blocks: readonly Block[] =
    rows.length === 0
      ? [paragraph('No component states both a load and what one instance can take: nobody can say what is left after a loss.')]
      : [
          paragraph(
            'Use of the instances that are left at peak, after the worst loss of each kind; above 100% they turn requests away.',
          ),
          {
            kind: 'table',
            caption: 'Use at peak after losses',
            header: ['Component', 'Instances', 'Now', 'Without one', 'Without a zone', 'Without a region'],
            rows,
          },
        ];
  return { id: 'capacity', title: 'Capacity after losses', blocks: [...blocks, ...quotasOf(model, analysis)] };
}

/** What is asked of each quota, with all well and after the loss of each other region that brings something here. */
function quotasOf(model: Model, analysis: Analysis): readonly Block[] {
  const regions = model.regions.map(({ name }) => name).sort(byText);
  const rows = regions.flatMap((region): readonly (readonly Cell[])[] => {
    const found = analysis.capacity(region);
    if (found?.kind !== 'region') return [];
    return [...found.quotas]
      .sort((a, b) => byText(a.resource, b.resource))
      .flatMap(({ resource, standing, afterLoss }) => [
        quotaRow(`${region} ${resource}`, 'all is well', standing),
        ...[...afterLoss]
          .sort((a, b) => byText(a.region, b.region))
          .map((loss) => quotaRow(`${region} ${resource}`, `without ${loss.region}`, loss.use)),
      ]);
  });
  if (rows.length === 0) return [];
  return [
    paragraph('What several components ask of one quota when they come together after a loss.'),
    { kind: 'table', caption: 'Quotas', header: ['Quota', 'When', 'Asked for', 'Of', 'Verdict'], rows },
  ];
}

function quotaRow(quota: string, when: string, use: Figure): readonly Cell[] {
  const limit = use.verdict?.target;
  const of = limit === undefined ? 'not stated' : amountText({ ...use, status: 'known', value: limit });
  return [quota, when, amountText(use), of, verdict(use.verdict?.met)];
}

function rowOf(subject: Subject, found: ComponentCapacity): readonly Cell[] {
  return [
    subjectText(subject),
    `${found.serving} (${amountText(found.neededAtPeak)} needed)`,
    useText(found.utilisationAtPeak),
    worst(found, 'instance'),
    worst(found, 'zone'),
    worst(found, 'region'),
  ];
}

/** The worst loss of a kind: losses of a kind stand worst first. */
function worst(found: ComponentCapacity, kind: LossKind): Cell {
  const ofKind = found.losses.filter((each) => each.kind === kind);
  const loss = ofKind[0];
  if (loss === undefined) return 'none';
  // Sites that are alike are all the worst: naming the first of them would depend on the order of declaration.
  const alike = ofKind.filter(({ utilisation }) => amountText(utilisation) === amountText(loss.utilisation));
  const sites = alike.flatMap(({ site }) => site ?? []).sort(byText);
  const where = sites.length === 0 ? [] : [`without ${sites.length > 3 ? `any of ${sites.length}` : sites.join(' or ')}`];
  if (loss.utilisation.status === 'unbounded') return { lines: [status('bad', 'nobody is left'), ...where] };
  const { catchesUp } = loss;
  const later = catchesUp.status === 'known' && catchesUp.value > 0 ? [`carried after ${amountText(catchesUp)}`] : [];
  return { lines: [useText(loss.utilisation), ...where, ...later] };
}

function useText(figure: Figure): Span {
  const met = figure.verdict?.met;
  if (met === undefined) return figure.status === 'known' ? amountText(figure) : status('open', amountText(figure));
  return status(met ? 'good' : 'bad', `${amountText(figure)}${met ? '' : ', too much'}`);
}
