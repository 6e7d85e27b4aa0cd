/** A node as drawn: the frame is seen from any distance, what is inside only from near. */
export interface Shape {
  /** Outline, hatch and stripe; the outline comes first. */
  readonly frame: string;
  readonly inside: string;
}
