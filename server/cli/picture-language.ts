import type { DiagramGraph } from '../../language/diagram/diagram-graph.js';
import { namesIn } from '../../language/diagram/export/names.js';
import type { PageStart } from '../../language/diagram/export/page-data.js';
import type { MessageTable } from '../../language/translation/translation.js';
import { type Words, wordsOf } from '../../language/translation/words.js';

/** The languages that a picture can be in, by their codes. Everything is written in the first one. */
export const pictureLanguages = ['en', 'zh-cn'] as const;

export type PictureLanguage = (typeof pictureLanguages)[number];

/** A language other than the one that everything is written in. */
export interface SpokenLanguage {
  readonly words: Words;
  /** For a page, which says its texts itself. */
  readonly ofPage: Required<PageStart>['language'];
}

/** How a picture of this graph reads in a language; undefined where it reads as it is written. */
export async function spokenIn(language: PictureLanguage, whole: DiagramGraph): Promise<SpokenLanguage | undefined> {
  const table = await tableOf(language);
  if (table === undefined) return undefined;
  const names = namesIn(whole);
  return { words: wordsOf(table, () => names), ofPage: { code: language, table } };
}

/** What is drawn and said, with the messages that come up in it: the tables of the editor, which are part of the program. */
async function tableOf(language: PictureLanguage): Promise<MessageTable | undefined> {
  switch (language) {
    case 'en':
      return undefined;
    case 'zh-cn': {
      const [messages, picture] = await Promise.all([
        import('../../l10n/messages.zh-cn.json', { with: { type: 'json' } }),
        import('../../l10n/picture.zh-cn.json', { with: { type: 'json' } }),
      ]);
      return { ...messages.default, ...picture.default };
    }
  }
}
