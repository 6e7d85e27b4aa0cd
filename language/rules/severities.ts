/** How much a rule counts, as a project's settings say: for everything, or by the tier of what a finding is about. */
import type { Config, Level, RuleSetting } from './config.js';

/** What a setting says of a finding about something of this tier; undefined where it says nothing. */
export function levelFor(setting: RuleSetting | undefined, tier: number | undefined): Level | undefined {
  if (setting === undefined || typeof setting === 'string') return setting;
  return (tier === undefined ? undefined : setting[`tier${tier}`]) ?? setting.other;
}

/** Whether the settings switch a rule off for whatever it may be about. */
export function isOff(config: Config, code: string): boolean {
  const setting = config.rules?.[code];
  if (setting === undefined || typeof setting === 'string') return setting === 'off';
  // A tier that is not named keeps the rule's own severity, unless `other` speaks of it.
  return setting.other === 'off' && Object.values(setting).every((level) => level === 'off');
}
