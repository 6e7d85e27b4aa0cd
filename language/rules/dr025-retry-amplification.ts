import type { CallBudgetFigures, CallFigures } from '../analysis/call-budget/call-budget-figures.js';
import type { Source } from '../model/fact.js';
import type { Component, Edge, Journey } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { subjectsByName } from '../model/queries.js';
import { acceptFix, statementFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import { subjects } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

/** Attempts for one call of a user that are worth a warning, and those that bring a weak callee down. */
const many = 10;
const tooMany = 50;

/** DR025: retries of several layers multiply. */
export const retryAmplification: Rule = {
  code: 'DR025',
  name: 'retry-amplification',
  title: 'Retries multiply along a path',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'Along some path of calls Π(1 + retries) is more than 10; an error above 50, and where a circle of calls retries without end. Where the model has `mesh istio`, an edge to a service or gateway that states no retries has the two of the mesh.',
    why: 'When the callee at the end is slow, every layer asks it again: three layers with three retries each send it 64 attempts for one. Sources: AWS Well-Architected REL05-BP03; Google, Site Reliability Engineering, chapter 22; AWS us-east-1 on 7 December 2021.',
    how: 'Retry in one layer only, the one nearest to what fails: `retries 0` in the others.',
    bad: `region north { zones a, b, c }

service front { runs 3 in north  requires orders { timeout 3s  retries 3 } }
service orders { runs 3 in north  requires stock { timeout 2s  retries 3 } }
service stock { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service front { runs 3 in north  requires orders { timeout 3s  retries 0 } }
service orders { runs 3 in north  requires stock { timeout 2s  retries 3 } }
service stock { runs 3 in north }
`,
  },
  check(context) {
    return [...worstPaths(context).values()].flatMap(
      ({ attempts, budget }) => judge({ attempts, path: budget.attemptsPath }, context) ?? [],
    );
  },
};

interface WorstPath {
  readonly attempts: number;
  /** Names from the outermost caller to where the attempts arrive. */
  readonly path: readonly string[];
}

interface WorstBudget {
  readonly attempts: number;
  readonly budget: CallBudgetFigures;
}

/** At which name a path arrives, and how long it is. Paths are long and made when asked for; this is asked with every judgement. */
const pathOf = oncePer(({ attemptsPath, name }: CallBudgetFigures): { readonly end: string; readonly length: number } => ({
  end: attemptsPath.at(-1) ?? name,
  length: attemptsPath.length,
}));

/** For each callee at the end of a path the caller from which most attempts reach it; a caller inside of a longer path says nothing new. */
function worstPaths({ model, analysis }: RuleContext): ReadonlyMap<string, WorstBudget> {
  const worst = new Map<string, WorstBudget>();
  for (const { name } of subjects(model)) {
    const budget = analysis.callBudget(name);
    if (budget === undefined) continue;
    const attempts =
      budget.attempts.status === 'known' ? budget.attempts.value : budget.attempts.status === 'unbounded' ? Infinity : 0;
    if (attempts <= many) continue;
    const { end } = pathOf(budget);
    const before = worst.get(end);
    const isWorse =
      before === undefined ||
      attempts > before.attempts ||
      (attempts === before.attempts && hasShorterPath(budget, before.budget));
    if (isWorse) worst.set(end, { attempts, budget });
  }
  return worst;
}

/** The first of equally long ones is that by name. */
function hasShorterPath(budget: CallBudgetFigures, other: CallBudgetFigures): boolean {
  const [length, otherLength] = [pathOf(budget).length, pathOf(other).length];
  return length < otherLength || (length === otherLength && `${budget.attemptsPath}` < `${other.attemptsPath}`);
}

/** A call on the path that is tried more than once. */
interface Layer {
  readonly owner: Component | Journey;
  readonly call: CallFigures;
  /** All statements that try it again: where there are several, each may be taken. */
  readonly edges: readonly Edge[];
  readonly at: Source;
}

function judge({ attempts, path }: WorstPath, context: RuleContext): RawFinding | undefined {
  const layers = layersOf(path, context);
  const [first] = layers;
  if (first === undefined) return undefined;
  const callee = path.at(-1) ?? '';
  const way = path.length > 6 ? [...path.slice(0, 3), `${path.length - 5} more`, ...path.slice(-2)] : path;
  const times = attempts === Infinity ? 'without end' : `up to ${attempts} times`;
  return {
    severity: attempts > tooMany ? 'error' : 'warning',
    message: `One call of ${path[0]} tries ${callee} ${times}, along ${way.join(' → ')}. Retry in one layer only.`,
    at: first.at,
    related: layers
      .slice(1)
      .map(({ owner, call, at }) => ({ message: `${owner.name} tries ${call.target} ${call.tries} times.`, at })),
    fixes: [
      ...(attempts === Infinity ? circleFix(callee, context) : oneLayerFix(layers, layers.length - 1)),
      ...(attempts === Infinity || layers.length < 2 ? [] : oneLayerFix(layers, 0)),
      acceptFix('DR025', first.owner, context.model, context.analysis.asOf),
    ],
    subject: callee,
    causes: [`retries:${callee}`],
  };
}

function layersOf(path: readonly string[], { model, analysis }: RuleContext): readonly Layer[] {
  const owners = subjectsByName(model);
  return path.flatMap((name, index): readonly Layer[] => {
    const next = path[index + 1];
    const owner = owners.get(name);
    if (owner === undefined || next === undefined) return [];
    const calls = analysis.callBudget(name)?.calls.filter(({ target, tries }) => target === next && tries > 1) ?? [];
    const [call] = [...calls].sort((a, b) => b.tries - a.tries);
    const edges = owner.edges.filter(({ source }) => calls.some((each) => each.source === source));
    const edge = edges.find(({ source }) => source === call?.source);
    return call === undefined || edge === undefined ? [] : [{ owner, call, edges, at: edge.retries?.source ?? edge.source }];
  });
}

/** Takes all retries out of the circle of calls that a callee lies in: while one of them is left there, they multiply without end. */
function circleFix(callee: string, { model, analysis }: RuleContext): readonly Fix[] {
  const { components } = lookup(model);
  const callsOf = (name: string): readonly CallFigures[] => analysis.callBudget(name)?.calls ?? [];
  const below = new Set([callee]);
  for (const name of below) for (const { target } of callsOf(name)) below.add(target);
  const around = new Set([callee]);
  for (const name of around) {
    for (const caller of below) if (callsOf(caller).some(({ target }) => target === name)) around.add(caller);
  }
  const again = [...around].flatMap((name) => {
    const calls = callsOf(name).filter(({ target, tries }) => tries > 1 && around.has(target));
    return (components.get(name)?.edges ?? []).filter(({ source }) => calls.some((call) => call.source === source));
  });
  const edits = withoutRetries(again);
  if (edits === undefined || edits.length === 0) return [];
  return [{ title: `Do not retry between ${spokenList([...around].sort())}`, edits, safe: false }];
}

/** Each of these calls is tried once; undefined where one of them is retried by what others follow. */
function withoutRetries(edges: readonly Edge[]): Fix['edits'] | undefined {
  const edits = edges.flatMap((edge) => {
    const count = edge.retries?.count;
    if (count === undefined) return statementFix('', edge.source, 'retries 0').edits;
    return count.origin.kind === 'stated'
      ? [{ kind: 'set-value', at: count.origin.at, after: 'retries', text: '0' } as const]
      : [];
  });
  return edits.length < edges.length ? undefined : edits;
}

/** Takes the retries of all layers but one away; none where a single layer is what there is too much of. */
function oneLayerFix(layers: readonly Layer[], kept: number): readonly Fix[] {
  const stays = layers[kept];
  if (stays === undefined || stays.call.tries > many) return [];
  const others = layers.filter((_, index) => index !== kept);
  const edits = withoutRetries(others.flatMap((layer) => layer.edges));
  if (edits === undefined || others.length === 0) return [];
  const callers = [...new Set(others.map(({ owner }) => owner.name))];
  return [{ title: `Retry ${stays.call.target} in ${stays.owner.name} only, not in ${spokenList(callers)}`, edits, safe: false }];
}
