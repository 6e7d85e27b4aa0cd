/** Judges a model by all rules: the one way from figures to findings, for the editor, the command line and the tests alike. */
import type { Analysis } from '../analysis/analysis.js';
import type { Model } from '../model/model.js';
import { acceptanceFindings, type Judged, judgeAcceptances } from './acceptance.js';
import type { Config, Level } from './config.js';
import { ruleFailed } from './dr099-rule-failed.js';
import { describedRules, isPlanned, ownManifestRules, rules } from './registry.js';
import type { Finding, RawFinding, Rule, RuleContext, RuleDescription, Severity } from './rule.js';
import { isOff, levelFor } from './severities.js';
import { effectiveTiers } from './tier.js';

/**
 * The findings of a model, sorted by file (in import order), offset and code. Accepted ones are among them, marked; what a more
 * specific rule says already is not. Never throws: a rule that fails becomes a finding of its own.
 */
export function checkModel(model: Model, analysis: Analysis, config: Config = {}): readonly Finding[] {
  return checkWith(rules, model, analysis, config);
}

/** As {@link checkModel}, by the given rules. */
export function checkWith(used: readonly Rule[], model: Model, analysis: Analysis, config: Config): readonly Finding[] {
  const levels = levelsOf(config, model);
  const active = used.filter((rule) => !isOff(config, rule.code));
  const found = active.flatMap((rule) => runRule(rule, { model, analysis })).filter((finding) => levels(finding) !== 'off');
  const kept = configured(withoutSubsumed(found, active, levels), levels);
  // Whether manifests of one's own draw a finding is known where they are read; where none is named, none can.
  const elsewhere = new Set(namesManifests(model) ? ownManifestRules.map(({ code }): string => code) : []);
  const isJudged = (code: string): boolean => !isOff(config, code) && !isPlanned(code) && !elsewhere.has(code);
  const judged = judgeAcceptances(kept, model, analysis.asOf, isJudged);
  return sorted([...judged.findings, ...aboutAcceptances(judged, levels)], model);
}

/**
 * Findings of rules that need more than the model, made by whoever has it: with severities as configured, marked where they are
 * accepted, and with acceptances of these rules that silence nothing.
 */
export function checkBeside(
  found: readonly Finding[],
  rules: readonly RuleDescription[],
  model: Model,
  asOf: string,
  config: Config,
): readonly Finding[] {
  const levels = levelsOf(config, model);
  const codes = new Set(rules.flatMap(({ code }): readonly string[] => (isOff(config, code) ? [] : [code])));
  const kept = configured(
    found.filter((finding) => codes.has(finding.code) && levels(finding) !== 'off'),
    levels,
  );
  const judged = judgeAcceptances(kept, model, asOf, (code) => codes.has(code));
  // Which have expired is said of the model.
  return sorted([...judged.findings, ...aboutAcceptances({ ...judged, expired: [] }, levels)], model);
}

/** Whether a component names a manifest of its own. */
export function namesManifests({ components }: Model): boolean {
  return components.some(({ deployment }) => deployment.manifest !== undefined);
}

function aboutAcceptances(judged: Judged, levels: Levels): readonly Finding[] {
  return configured(
    acceptanceFindings(judged).filter((finding) => levels(finding) !== 'off'),
    levels,
  );
}

/** What the settings say of a finding, by its rule and the tier of what it is about. */
type Levels = (finding: Finding) => Level | undefined;

function levelsOf(config: Config, model: Model): Levels {
  return ({ code, subject }) => {
    const setting = config.rules?.[code];
    if (setting === undefined || typeof setting === 'string') return setting;
    return levelFor(setting, effectiveTiers(model).get(subject));
  };
}

function runRule(rule: Rule, context: RuleContext): readonly Finding[] {
  try {
    return rule.check(context).map((raw) => completed(rule, raw));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = context.model.settings.source ?? { uri: context.model.root, start: 0, end: 0 };
    const message = `${rule.code} could not judge this model: ${reason}. This is a defect of DRML.`;
    return [
      {
        code: ruleFailed.code,
        severity: ruleFailed.severity,
        message,
        at,
        related: [],
        fixes: [],
        subject: rule.code,
        causes: [],
      },
    ];
  }
}

function completed(rule: Rule, raw: RawFinding): Finding {
  return { ...raw, code: rule.code, severity: raw.severity ?? rule.severity };
}

const weight: { readonly [severity in Severity]: number } = { error: 2, warning: 1, info: 0 };

/**
 * One cause, one finding: a finding goes where a more specific rule speaks of one of its causes, or where such rules speak of all its
 * parts. What stays is at least as severe, so that an error never shrinks to a warning by being said more exactly.
 */
function withoutSubsumed(found: readonly Finding[], active: readonly Rule[], levels: Levels): readonly Finding[] {
  const gone = new Set<Finding>();
  const raised = new Map<Finding, Severity>();
  const spoken = spokenOf(found, active);
  for (const finding of found) {
    const specific = spoken.get(finding.code);
    const better = specific === undefined ? [] : betterOnes(finding, specific);
    if (better.length === 0) continue;
    gone.add(finding);
    const severity = levels(finding) ?? finding.severity;
    for (const each of better) {
      const now = raised.get(each) ?? each.severity;
      if (severity !== 'off' && weight[severity] > weight[now]) raised.set(each, severity);
    }
  }
  return found.flatMap((finding) => {
    if (gone.has(finding)) return [];
    const severity = raised.get(finding);
    return [severity === undefined ? finding : { ...finding, severity }];
  });
}

/** By code of what may go: the findings of more specific rules by the causes that they speak of. */
function spokenOf(
  found: readonly Finding[],
  active: readonly Rule[],
): ReadonlyMap<string, ReadonlyMap<string, readonly Finding[]>> {
  const present = new Set(found.map(({ code }) => code));
  const byRule = Map.groupBy(found, ({ code }) => code);
  const spoken = new Map<string, Map<string, Finding[]>>();
  for (const rule of active) {
    for (const code of rule.subsumes) {
      if (!present.has(code) || !present.has(rule.code)) continue;
      const causes = spoken.get(code) ?? new Map<string, Finding[]>();
      spoken.set(code, causes);
      for (const finding of byRule.get(rule.code) ?? []) {
        for (const cause of finding.causes) {
          const known = causes.get(cause);
          if (known === undefined) causes.set(cause, [finding]);
          else known.push(finding);
        }
      }
    }
  }
  return spoken;
}

/** The findings that say all that this one says; none where it has to stay. */
function betterOnes({ causes, parts = [] }: Finding, specific: ReadonlyMap<string, readonly Finding[]>): readonly Finding[] {
  const byRule = new Map<string, Finding>();
  for (const cause of causes) {
    const ofCause = (specific.get(cause) ?? []).filter(({ code }) => !byRule.has(code));
    for (const finding of ofCause) byRule.set(finding.code, finding);
  }
  if (byRule.size > 0 || parts.length === 0 || !parts.every((part) => specific.has(part))) return [...byRule.values()];
  return parts.flatMap((part) => specific.get(part) ?? []);
}

/** Severities as configured. What a rule itself calls information (it cannot tell) is not raised. */
function configured(found: readonly Finding[], levels: Levels): readonly Finding[] {
  return found.map((finding) => {
    const wanted = levels(finding);
    if (wanted === undefined || wanted === 'off') return finding;
    const isInformation =
      finding.severity === 'info' && describedRules.some((rule) => rule.code === finding.code && rule.severity !== 'info');
    return isInformation ? finding : { ...finding, severity: wanted };
  });
}

function sorted(found: readonly Finding[], model: Model): readonly Finding[] {
  const order = new Map(model.files.map((file, index) => [file.uri, index]));
  // Looked up once for each finding, not for each comparison.
  const placed = found.map((finding) => ({ finding, place: order.get(finding.at.uri) ?? order.size }));
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  placed.sort(
    ({ finding: a, place: first }, { finding: b, place: second }) =>
      first - second ||
      compare(a.at.uri, b.at.uri) ||
      a.at.start - b.at.start ||
      compare(a.code, b.code) ||
      a.at.end - b.at.end ||
      compare(a.message, b.message),
  );
  return placed.map(({ finding }) => finding);
}
