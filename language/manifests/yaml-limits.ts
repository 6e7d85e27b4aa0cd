/** How much YAML is read. YAML comes from anywhere: what a text may cost is bounded, whatever it says. */

export interface YamlLimits {
  /** Letters of one file. */
  readonly fileLength: number;
  /** Letters of all files together. */
  readonly totalLength: number;
  /** Documents of all files together, items of lists among them. */
  readonly documents: number;
  /** Maps and lists within each other. */
  readonly depth: number;
  /** Nodes of one document after its aliases are put in: nine lines of aliases can stand for a thousand million values. */
  readonly nodes: number;
  /** Problems that are told of one file. */
  readonly problems: number;
}

/** A cluster of 10,000 objects stays within them. */
export const yamlLimits: YamlLimits = {
  fileLength: 16 * 1024 * 1024,
  totalLength: 64 * 1024 * 1024,
  documents: 50_000,
  depth: 100,
  nodes: 1_000_000,
  problems: 100,
};
