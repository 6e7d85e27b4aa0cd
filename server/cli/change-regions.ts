import type { TextChange } from '../../language/edit/edit.js';
import { Places, type Span, shownPath } from './problem-list.js';

/** The changes of one file, by line and column. */
export interface FileChanges {
  readonly file: string;
  readonly replacements: readonly { readonly span: Span; readonly text: string }[];
}

/** Changes by file, in the order in which the files come. */
export function changeRegions(changes: readonly TextChange[], textOf: (uri: string) => string): readonly FileChanges[] {
  return [...Map.groupBy(changes, ({ uri }) => uri)].map(([uri, ofFile]) => {
    const places = new Places(textOf(uri));
    return {
      file: shownPath(uri),
      replacements: ofFile.map(({ start, end, text }) => ({ span: places.span(start, end), text })),
    };
  });
}
