/** The rule kit: one rule a file, each judging the model and the analysis, never the text. */
import type { Analysis } from '../analysis/analysis.js';
import type { Edit } from '../edit/edit.js';
import type { Source } from '../model/fact.js';
import type { Model } from '../model/model.js';

export type Severity = 'error' | 'warning' | 'info';

/** What is wrong, where, and what clears it. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, the number against its target, the dominant cause, what clears it. */
  readonly message: string;
  readonly at: Source;
  readonly related: readonly { readonly message: string; readonly at: Source }[];
  readonly fixes: readonly Fix[];
  /** Component, journey or site it speaks of. */
  readonly subject: string;
  /** The events it is about, so that a more specific rule can subsume it: `site:cn-north.a`, `component:orders`. */
  readonly causes: readonly string[];
  /** Causes that make it up together: it goes as well where more specific rules speak of every one of them. */
  readonly parts?: readonly string[];
  /** Set where the author took the risk on purpose. */
  readonly accepted?: { readonly until?: string; readonly owner?: string; readonly reason?: string; readonly at: Source };
}

/** A wanted change of the model. `edit` is carried out by language/edit, which keeps comments and format. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** May be applied without asking: `check --fix` and `source.fixAll`. */
  readonly safe: boolean;
}

export interface RuleContext {
  readonly model: Model;
  readonly analysis: Analysis;
}

/** A rule's finding before severity settings, acceptance and subsumption are applied. */
export type RawFinding = Omit<Finding, 'code' | 'accepted' | 'severity'> & { readonly severity?: Severity };

export interface RuleDocumentation {
  /** One paragraph: the exact condition. */
  readonly what: string;
  /** Why it matters, with its source. */
  readonly why: string;
  /** How to fix it. */
  readonly how: string;
  /** Model that draws the finding; run by the tests. */
  readonly bad: string;
  /** Model that does not; run by the tests. */
  readonly good: string;
  /** What `bad` and `good` are written in; a model where it is left out. */
  readonly language?: 'yaml';
  /** A manifest that lies beside both models. */
  readonly beside?: { readonly path: string; readonly text: string };
}

/** What a rule is, apart from its check: what documentation, configuration and SARIF print. */
export interface RuleDescription {
  readonly code: `DR${string}`;
  /** kebab-case name: `single-replica`. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly docs: RuleDocumentation;
  /** Codes whose findings on the same cause this one replaces. */
  readonly subsumes: readonly string[];
}

export interface Rule extends RuleDescription {
  check(context: RuleContext): readonly RawFinding[];
}
