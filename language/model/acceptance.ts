/** A risk that the author takes on purpose. Part of the semantic model. */
import type { Written } from './fact.js';

/** `accepts RULE until DATE by OWNER because TEXT`. */
export interface Acceptance extends Written {
  readonly rule: string;
  /** `YYYY-MM-DD`, the last day it holds. */
  readonly until?: string;
  readonly owner?: string;
  readonly reason?: string;
}
