/** The project's settings, `drml.config.json`: which rules count how much, which files are left out, as of which day. */
import { isRecord } from '../model/json-value.js';
import type { Severity } from './rule.js';
import { ruleNames } from './rule-names.js';

/** How much a finding counts; `off`: not at all. */
export type Level = Severity | 'off';

/** One level for all findings of a rule, or one for each tier: `{ "tier0": "error", "other": "off" }`. */
export type RuleSetting = Level | { readonly [tier: string]: Level };

export interface Config {
  /** Severity by rule code; `off` switches a rule off. */
  readonly rules?: { readonly [code: string]: RuleSetting };
  /** Names or paths of folders and files that are left out, relative to the file's folder. */
  readonly exclude?: readonly string[];
  /** Path of a baseline, relative to the file's folder: findings in it do not count. */
  readonly baseline?: string;
  /** `YYYY-MM-DD`: the day as of which dates in models are judged. */
  readonly asOf?: string;
}

/** What is wrong with a settings file. `start` and `end` are offsets of its text. */
export interface ConfigProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

const levels = ['error', 'warning', 'info', 'off'] as const;
const keys = ['$schema', 'rules', 'exclude', 'baseline', 'asOf'];

/** Reads settings. What is wrong is reported and left out; the rest holds. Never throws. */
export function parseConfig(text: string): ParsedConfig {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { config: {}, problems: [{ message: `drml.config.json is not valid JSON: ${reason}`, start: 0, end: text.length }] };
  }
  const problems: ConfigProblem[] = [];
  const report = (name: string, message: string) => problems.push({ message, ...rangeOf(text, name) });
  if (!isRecord(value)) {
    return {
      config: {},
      problems: [
        { message: 'drml.config.json must hold an object: { "rules": { "DR001": "warning" } }', start: 0, end: text.length },
      ],
    };
  }
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) report(key, `"${key}" is not a setting. Known are "rules", "exclude", "baseline" and "asOf".`);
  }
  const rules = readRules(value.rules, report);
  const exclude = readExclude(value.exclude, report);
  const baseline = readBaseline(value.baseline, report);
  const asOf = readDate(value.asOf, report);
  return {
    config: {
      ...(rules === undefined ? {} : { rules }),
      ...(exclude === undefined ? {} : { exclude }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(asOf === undefined ? {} : { asOf }),
    },
    problems,
  };
}

type Report = (name: string, message: string) => void;

function readRules(value: unknown, report: Report): Config['rules'] {
  if (value === undefined) return undefined;
  if (!isRecord(value)) {
    report('rules', '"rules" must be an object of codes and severities: { "DR001": "warning" }');
    return undefined;
  }
  const known = new Set<string>(Object.keys(ruleNames));
  const rules: Record<string, RuleSetting> = {};
  for (const [code, wanted] of Object.entries(value)) {
    const setting = known.has(code) ? readSetting(code, wanted, report) : undefined;
    if (!known.has(code)) report(code, `"${code}" is not a rule${codeHint(code)} Known are ${[...known].join(', ')}.`);
    if (setting !== undefined) rules[code] = setting;
  }
  return rules;
}

/** The tiers that a setting may name; `other` is every tier that it does not name, and what has none. */
const tierNames = ['tier0', 'tier1', 'tier2', 'tier3', 'tier4', 'other'];

function readSetting(code: string, wanted: unknown, report: Report): RuleSetting | undefined {
  const choices = levels.map((name) => `"${name}"`).join(', ');
  if (!isRecord(wanted)) {
    const level = levels.find((candidate) => candidate === wanted);
    if (level === undefined)
      report(
        code,
        `"${code}" is ${JSON.stringify(wanted)}; it must be one of ${choices}. For each tier: { "tier0": "error", "other": "info" }.`,
      );
    return level;
  }
  const byTier: Record<string, Level> = {};
  for (const [tier, value] of Object.entries(wanted)) {
    const level = levels.find((candidate) => candidate === value);
    if (!tierNames.includes(tier))
      report(tier, `"${tier}" is not a tier. Known are ${tierNames.map((name) => `"${name}"`).join(', ')}.`);
    else if (level === undefined)
      report(tier, `"${tier}" of "${code}" is ${JSON.stringify(value)}; it must be one of ${choices}.`);
    else byTier[tier] = level;
  }
  return byTier;
}

/** The code of a rule that was called by its name, in small letters, or with another number of zeros. */
function codeHint(name: string): string {
  const number = /^dr[-_ ]?[0o]*(\d+)$/i.exec(name.replaceAll(/(?<=\d)o/gi, '0'))?.[1];
  const likely = number === undefined ? name.toUpperCase() : `DR${number.padStart(3, '0')}`;
  const code = Object.keys(ruleNames).find((candidate) => ruleNames[candidate] === name || candidate === likely);
  return code === undefined ? '.' : `; did you mean "${code}"?`;
}

function readExclude(value: unknown, report: Report): Config['exclude'] {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '')) return value.map(String);
  report('exclude', '"exclude" must be a list of names or paths: ["dist", "examples/old"]');
  return undefined;
}

/** Whether a file may be a baseline, by its name: editors are asked to watch such files, and no others. */
export function isBaselineName(name: string): boolean {
  return /baseline[^/]*\.json$/.test(name);
}

function readBaseline(value: unknown, report: Report): string | undefined {
  if (value === undefined) return undefined;
  // A path of one machine alone would be none on another.
  const isHere = typeof value === 'string' && !/^([/\\]|[A-Za-z]:)/.test(value);
  if (isHere && isBaselineName(value.split('/').at(-1) ?? '')) return value;
  report('baseline', '"baseline" must be a path from the folder of this file to a baseline: "drml-baseline.json"');
  return undefined;
}

function readDate(value: unknown, report: Report): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && isDate(value)) return value;
  report('asOf', `"asOf" is ${JSON.stringify(value)}; it must be a day such as "2026-11-21".`);
  return undefined;
}

/** Whether a text is a day that exists, written `YYYY-MM-DD`. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Whether a file is left out. `path` is relative to the folder of the settings, with `/` between its parts. An entry without `/`
 * matches a folder or file of that name anywhere, one with `/` a path from the folder of the settings; what lies below a folder that
 * matches is left out with it. `*` stands for any part of a name, `?` for one letter, `**` for any number of folders.
 */
export function isExcluded(path: string, config: Config): boolean {
  const parts = partsOf(path);
  return (config.exclude ?? []).some((entry) => {
    const wanted = partsOf(entry);
    if (wanted.length === 0) return false;
    if (!entry.replace(/\/$/, '').includes('/')) return parts.some((part) => matchesName(part, wanted[0] ?? ''));
    return startsWithPath(parts, wanted);
  });
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** Whether the first parts of a path are what a pattern says. The ways that `**` leaves open are kept as a set, so that none is tried twice. */
function startsWithPath(parts: readonly string[], pattern: readonly string[]): boolean {
  let open = afterStars(pattern, new Set([0]));
  for (const part of parts) {
    if (open.has(pattern.length)) return true;
    const next = new Set<number>();
    for (const at of open) {
      if (pattern[at] === '**') next.add(at);
      else if (matchesName(part, pattern[at] ?? '')) next.add(at + 1);
    }
    open = afterStars(pattern, next);
  }
  return open.has(pattern.length);
}

/** `**` stands for no folder as well. */
function afterStars(pattern: readonly string[], open: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(open);
  for (const at of all) if (pattern[at] === '**') all.add(at + 1);
  return all;
}

/** Whether a name is what a pattern with `*` and `?` says. Only the last `*` is tried again, so the work is at most length times length. */
function matchesName(name: string, pattern: string): boolean {
  let [at, wanted, star, resume] = [0, 0, -1, 0];
  while (at < name.length) {
    if (pattern[wanted] === '*') {
      star = wanted++;
      resume = at;
    } else if (wanted < pattern.length && (pattern[wanted] === '?' || pattern[wanted] === name[at])) {
      wanted++;
      at++;
    } else if (star >= 0) {
      wanted = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[wanted] === '*') wanted++;
  return wanted === pattern.length;
}

function rangeOf(text: string, name: string): { readonly start: number; readonly end: number } {
  const quoted = JSON.stringify(name);
  const start = text.indexOf(quoted);
  return start < 0 ? { start: 0, end: text.length } : { start, end: start + quoted.length };
}
