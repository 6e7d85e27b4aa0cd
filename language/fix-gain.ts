/** What fixes are worth: the availability that a model has before and after each, so that the better one is offered first. */
import type { Analysis } from './analysis/analysis.js';
import { analyze } from './analysis/analyze.js';
import { ninesText } from './analysis/figure-text.js';
import { applyEdits, changedText } from './edit/apply.js';
import { CopiedFiles } from './model/build-copies.js';
import type { Model } from './model/model.js';
import { closureOf } from './rules/lookup.js';
import type { Finding, Fix } from './rules/rule.js';
import { effectiveTiers } from './rules/tier.js';

/** Components of the largest model that is tried out: a person waits for the answer. */
const mostComponents = 300;

/** How many fixes are tried out for one question of a person. */
const mostFixes = 8;

/** What a fix does to the availability of a journey, or of what the finding is about where no journey needs it. */
export interface FixGain {
  readonly subject: string;
  /** Unavailability, 0..1, without the fix and with it. */
  readonly before: number;
  readonly after: number;
  /** `place-order 99.91% → 99.97%` */
  readonly text: string;
}

/** A fix with what it does to availability. */
export interface RankedFix {
  readonly fix: Fix;
  /** Undefined where nothing changes, nothing is known, or nothing was tried out. */
  readonly gain: FixGain | undefined;
}

/** A model as it stands in the editor. */
export interface Standing {
  readonly model: Model;
  readonly analysis: Analysis;
  readonly textOf: (uri: string) => string | undefined;
}

/**
 * Tries fixes out on copies of the files. Each copy is analysed from nothing: one journey takes less time than reading the text does,
 * and a renewed analysis would use up the model that it is renewed from.
 */
export class FixGains {
  private readonly copies = new CopiedFiles();

  /**
   * The fixes of each finding, those that gain most first, those of which no gain is known next, and accepted risks last. Of large
   * models, and beyond the first `most` fixes, nothing is tried out.
   */
  async ranked(
    findings: readonly Finding[],
    standing: Standing,
    most = mostFixes,
  ): Promise<ReadonlyMap<Finding, readonly RankedFix[]>> {
    let left = standing.model.components.length > mostComponents ? 0 : most;
    const result = new Map<Finding, readonly RankedFix[]>();
    for (const finding of findings) {
      const subject = measuredBy(finding, standing);
      const before = unavailability(standing.analysis, subject);
      const rows: { readonly ranked: RankedFix; readonly weight: number }[] = [];
      for (const fix of finding.fixes) {
        const isTried = before !== undefined && left > 0 && !accepts(fix);
        if (isTried) left--;
        const after = isTried ? await this.after(fix, subject, standing) : undefined;
        const [from, to] = [before, after].map((value) => (value === undefined ? undefined : ninesText(value)));
        const changes = before !== undefined && after !== undefined && from !== to;
        rows.push({
          ranked: { fix, gain: changes ? { subject, before, after, text: `${subject} ${from} → ${to}` } : undefined },
          weight: accepts(fix) ? Number.NEGATIVE_INFINITY : changes ? before - after : 0,
        });
      }
      // The sort is stable: what gains alike stays as the rule has it.
      rows.sort((a, b) => (a.weight === b.weight ? 0 : b.weight - a.weight));
      result.set(
        finding,
        rows.map(({ ranked }) => ranked),
      );
    }
    return result;
  }

  /** The unavailability of a subject once a fix is made. */
  private async after(fix: Fix, subject: string, { model, analysis, textOf }: Standing): Promise<number | undefined> {
    const changes = applyEdits(fix.edits, textOf);
    const texts = new Map<string, string>();
    for (const { uri } of model.files) {
      const text = textOf(uri);
      if (text === undefined) return undefined;
      const ofFile = changes.filter((change) => change.uri === uri);
      texts.set(uri, changedText(text, ofFile));
    }
    const changed = await this.copies.modelOf(model.root, texts);
    return changed === undefined ? undefined : unavailability(analyze(changed, { asOf: analysis.asOf }), subject);
  }
}

/** The strictest journey that is down without what the finding is about; what it is about itself where there is none. */
function measuredBy({ subject }: Finding, { model, analysis }: Standing): string {
  if (model.journeys.some(({ name }) => name === subject)) return subject;
  const tiers = effectiveTiers(model);
  const tierOf = (name: string): number => tiers.get(name) ?? Number.POSITIVE_INFINITY;
  const concerned = model.journeys.filter(({ name }) => closureOf(analysis, name).has(subject)).map(({ name }) => name);
  // By name where tiers are alike, so that the order of declaration does not matter.
  concerned.sort((a, b) => (tierOf(a) === tierOf(b) ? (a < b ? -1 : 1) : tierOf(a) - tierOf(b)));
  return concerned[0] ?? subject;
}

function unavailability(analysis: Analysis, subject: string): number | undefined {
  const figure = analysis.availability(subject)?.unavailability;
  return figure?.status === 'known' ? figure.value : undefined;
}

/** Whether a fix only records a risk as taken. */
function accepts({ edits }: Fix): boolean {
  return edits.length > 0 && edits.every((edit) => edit.kind === 'add-statement' && edit.text.startsWith('accepts '));
}
