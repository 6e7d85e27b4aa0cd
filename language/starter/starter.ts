/** What a person chooses before the first line of a model is written, and what a pattern makes of it. */

/** The answers a starter is written from. */
export interface StarterChoices {
  /** The model's name, in kebab-case; it is the Kubernetes namespace as well. */
  readonly name: string;
  /** Names of the regions, the first one first to serve; as many as the pattern asks for, or more where it takes more. */
  readonly regions: readonly string[];
  /** The provider that all regions belong to. */
  readonly provider: string;
}

export type StarterPatternId = 'single-region' | 'active-passive' | 'active-active' | 'multi-active' | 'two-cities-three-centres';

/** An arrangement of regions with the text of a model that uses it. */
export interface StarterPattern {
  readonly id: StarterPatternId;
  /** A few words, as a list of choices shows them. */
  readonly title: string;
  /** One sentence: what it survives, and what it costs. */
  readonly description: string;
  /** How many regions the pattern needs. */
  readonly regions: number;
  /** The text of the model. The choices must have been found sound (`starterProblem`). */
  readonly text: (choices: StarterChoices) => string;
}
