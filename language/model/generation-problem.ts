import type { Source } from './fact.js';

/**
 * Something the manifests lack.
 * - `missing`: the model does not say it; a marked placeholder or nothing stands in its place.
 * - `left-out`: the model says it, and no manifest is written for it on purpose.
 * - `contradiction`: the user's own manifest says something else than the model.
 */
export interface GenerationProblem {
  readonly kind: 'missing' | 'left-out' | 'contradiction';
  readonly component?: string;
  /** What is missing and what to write. */
  readonly message: string;
  readonly source: Source;
  /** Of a contradiction: the place in the user's own manifest, whose URI is that of the file. */
  readonly other?: Source;
  /** Of a contradiction: the field by its path. */
  readonly field?: string;
  /** What would have to stand there for both to say the same, as YAML; absent where no one text does. */
  readonly mended?: string;
}
