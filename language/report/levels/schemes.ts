/**
 * Two published scales of preparedness, read off the facts of a model. The wording is ours; docs/report.md names the sources and says
 * what each scale asks for that no model holds.
 */
import type { Shortfall, SiteFacts } from './site-facts.js';

/** One step of a scale, and what it asks for beyond the step before. */
export interface Level {
  readonly level: number;
  readonly title: string;
  readonly asks: string;
  readonly shortfalls: readonly Shortfall[];
}

const day = 86_400;

/** The tiers 1 to 7 that the SHARE user group and IBM defined; tier 0 is what is left. */
export function shareTiers(facts: SiteFacts): readonly Level[] {
  return [
    { level: 1, title: 'backup, no second site', asks: 'a copy of the data in another region', shortfalls: [facts.offsiteCopy] },
    {
      level: 2,
      title: 'backup with a second site',
      asks: 'instances in another region, whatever their role',
      shortfalls: [facts.secondSite],
    },
    { level: 3, title: 'electronic vaulting', asks: 'copies that travel over a network', shortfalls: [facts.electronicCopy] },
    { level: 4, title: 'point-in-time copies', asks: 'copies twice a day or more often', shortfalls: [facts.severalCopiesADay] },
    {
      level: 5,
      title: 'transaction integrity',
      asks: 'changes replicated to another region as they happen',
      shortfalls: [facts.replicated],
    },
    { level: 6, title: 'no data loss', asks: 'RPO 0 after the loss of a region', shortfalls: [facts.nothingLost] },
    {
      level: 7,
      title: 'automated takeover',
      asks: 'a takeover that nobody decides, in a time that is known',
      shortfalls: [facts.automatic, facts.timeKnown],
    },
  ];
}

/** The levels 1 to 6 of GB/T 20988-2007, as far as a model holds what they ask for. */
export function gbtLevels(facts: SiteFacts): readonly Level[] {
  return [
    {
      level: 1,
      title: 'basic support',
      asks: 'a full backup every week, kept in another region',
      shortfalls: [facts.offsiteCopy, facts.fullBackupEvery(7 * day)],
    },
    { level: 2, title: 'standby site', asks: 'something in another region to run on', shortfalls: [facts.secondSite] },
    {
      level: 3,
      title: 'electronic transmission, part of the equipment',
      asks: 'a full backup every day, data sent over a network twice a day or more often',
      shortfalls: [facts.fullBackupEvery(day), facts.electronicCopy, facts.severalCopiesADay],
    },
    {
      level: 4,
      title: 'electronic transmission, all of the equipment',
      asks: 'as many running instances in another region as are needed',
      shortfalls: [facts.readySite],
    },
    {
      level: 5,
      title: 'real-time transmission',
      asks: 'changes replicated as they happen, and a stated way to switch the network',
      shortfalls: [facts.replicated, facts.switching],
    },
    {
      level: 6,
      title: 'no data loss, remote cluster',
      asks: 'RPO 0, equal instances, automatic takeover, users who reach both regions',
      shortfalls: [facts.nothingLost, facts.equalSite, facts.automatic, facts.bothReached],
    },
  ];
}
