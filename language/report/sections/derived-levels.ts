import type { Analysis } from '../../analysis/analysis.js';
import type { Model } from '../../model/model.js';
import { type Block, type Cell, note, paragraph, type Section, type Text } from '../document.js';
import { type ReachedLevel, Scale } from '../levels/level-of.js';
import { gbtLevels, type Level, shareTiers } from '../levels/schemes.js';
import { siteFacts } from '../levels/site-facts.js';
import { subjectsOf, subjectText } from '../subjects.js';

/** How many components that fall short are told of one subject. */
const mostLimits = 3;

/** Levels of two published scales, derived from the model, with what keeps each subject from the next one. */
export function derivedLevels(model: Model, analysis: Analysis): Section {
  const facts = siteFacts(model, analysis);
  const tiers = shareTiers(facts);
  const levels = gbtLevels(facts);
  const share = new Scale(model, analysis, tiers);
  const gbt = new Scale(model, analysis, levels);
  const rows = subjectsOf(model).flatMap((subject): readonly (readonly Cell[])[] => {
    const [tier, level] = [share.of(subject.name), gbt.of(subject.name)];
    if (tier === undefined || level === undefined) return [];
    return [
      [
        subjectText(subject),
        levelText('tier', tier, tiers),
        limitsOf(tier),
        level.level === 0 ? 'below level 1' : levelText('level', level, levels),
        limitsOf(level),
      ],
    ];
  });
  const blocks: readonly Block[] = [
    paragraph(
      'Derived by DRML from the facts of the model, certified by nobody. A subject reaches what the weakest component reaches that it cannot do without; "another region" stands for the second site. What is not stated does not count.',
    ),
    ...(rows.length === 0
      ? [paragraph('Nothing in the model keeps data of its own, and both scales speak of data.')]
      : ([
          {
            kind: 'table',
            caption: 'Derived levels',
            header: [
              'Of',
              'SHARE tier (0 to 7)',
              'Kept from the next by',
              'GB/T 20988-2007 level (1 to 6)',
              'Kept from the next by',
            ],
            rows,
          },
        ] as const)),
    scaleTable('What a SHARE tier is derived from', 'Tier', tiers),
    scaleTable('What a level of GB/T 20988-2007 is derived from', 'Level', levels),
    note(
      'Both scales also ask for people, premises, contracts and rehearsed plans, which are outside of the model. GB/T 20988-2025 has replaced the edition of 2007 since 2026-01-01; the levels here are those of 2007. Components of others (external) are left to their owners.',
    ),
  ];
  return { id: 'levels', title: 'Derived levels: SHARE and GB/T 20988-2007', blocks };
}

function levelText(word: string, { level }: ReachedLevel, levels: readonly Level[]): Text {
  const title = levels.find((each) => each.level === level)?.title ?? 'no copy of the data in another region';
  return `${word} ${level}: ${title}`;
}

function limitsOf({ next, limits }: ReachedLevel): Cell {
  if (next === undefined) return 'nothing: it is the highest';
  const shown = limits.slice(0, mostLimits).map(({ component, because }) => `${component}: ${because}`);
  const more = limits.length - shown.length;
  return { lines: more === 0 ? shown : [...shown, `and ${more} more`] };
}

function scaleTable(caption: string, word: string, levels: readonly Level[]): Block {
  return {
    kind: 'table',
    caption,
    header: [word, 'Known as', 'Asks, beyond the one before'],
    rows: levels.map(({ level, title, asks }): readonly Cell[] => [String(level), title, asks]),
  };
}
