import type { DisruptionClass } from '../model/model.js';

/** The cause that a component or journey is back too late after a class of disruption. */
export function recoveryCause(subject: string, disruption: DisruptionClass): string {
  return `recovery:${subject}@${disruption}`;
}

/** The cause that a component or journey loses more data than promised in a class of disruption. */
export function lossCause(subject: string, disruption: DisruptionClass): string {
  return `loss:${subject}@${disruption}`;
}
