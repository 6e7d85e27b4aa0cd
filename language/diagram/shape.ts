/** A node as drawn: the frame is seen from any distance, what is inside only from near. */
export interface Shape {
  /** Outline, hatch and stripe; the outline comes first. */
  readonly frame: string;
  /** Drawn when it is asked for: a large picture has frames without it. */
  readonly inside: () => string;
}
