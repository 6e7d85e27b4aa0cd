/** What is wrong with a text as YAML, in words that say what was expected and how to mend it. */
import type { YAMLError } from 'yaml';

/** Code and message of a problem that the YAML parser found. `at`: the text at its place. */
export function yamlProblem(error: YAMLError, at: string): { readonly code: `yaml/${string}`; readonly message: string } {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return {
        code: 'yaml/tab',
        message: 'A tab indents this line, and YAML allows only spaces. Replace each tab with two spaces.',
      };
    case 'BAD_INDENT':
      if (/^Flow /.test(error.message)) return brackets;
      return {
        code: 'yaml/indentation',
        message:
          'This line is not indented like the lines it belongs to. Keys of one map, and items of one list, start in the same column.',
      };
    case 'MISSING_CHAR':
      return missing(error.message);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        code: 'yaml/syntax',
        message:
          'A second "key: value" on this line, where a single value is expected. Put the text in quotes, or start a new line.',
      };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'KEY_OVER_1024_CHARS':
      return { code: 'yaml/syntax', message: 'A key has to stand on one line, followed by a colon.' };
    case 'BAD_SCALAR_START':
      return { code: 'yaml/quotes', message: `A text cannot start with ${at.slice(0, 1)} here. Put it in quotes.` };
    case 'BAD_DQ_ESCAPE':
      return {
        code: 'yaml/quotes',
        message: `${JSON.stringify(at.slice(0, 2))} is no escape within double quotes. Write two backslashes, or use single quotes.`,
      };
    case 'RESOURCE_EXHAUSTION':
      return { code: 'yaml/depth', message: 'Maps and lists are nested too deeply here. What is in it was not read.' };
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return { code: 'yaml/alias', message: 'This is no complete alias. Write * and the name of an anchor (&name) above.' };
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'BAD_PROP_ORDER':
      return { code: 'yaml/syntax', message: 'A value has one anchor and one tag at most, right before it.' };
    case 'BAD_DIRECTIVE':
      return {
        code: 'yaml/syntax',
        message: 'A line that starts with % is a directive of YAML. Put a text that starts with % in quotes.',
      };
    case 'BLOCK_IN_FLOW':
      return {
        code: 'yaml/syntax',
        message: 'Within { } and [ ] there are no indented maps and lists. Write all of it in one of the two ways.',
      };
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return { code: 'yaml/tag', message: 'The value is not what its tag says. Take the tag away.' };
    case 'UNEXPECTED_TOKEN':
    case 'IMPOSSIBLE':
    case 'MULTIPLE_DOCS':
    case 'DUPLICATE_KEY':
    case 'NON_STRING_KEY':
      return {
        code: 'yaml/syntax',
        message: `${spokenText(at)} was not expected here. If it is part of a text, put the text in quotes.`,
      };
  }
}

const brackets = {
  code: 'yaml/brackets',
  message: 'The list or map in brackets is not complete: a comma or the closing bracket is missing.',
} as const;

function missing(said: string): { readonly code: `yaml/${string}`; readonly message: string } {
  if (/closing ['"]quote/.test(said)) {
    return { code: 'yaml/quotes', message: 'The text in quotes has no end. Close it with the quote it starts with.' };
  }
  if (/Implicit map keys|Sequence item without|block sequence/i.test(said)) {
    return { code: 'yaml/syntax', message: 'A key without a value: write "key: value", with a colon and a space.' };
  }
  if (/Comments must be separated/.test(said)) {
    return { code: 'yaml/syntax', message: 'A comment needs a blank before its #. Put a text with # in quotes.' };
  }
  if (/Missing space after/.test(said)) return { code: 'yaml/syntax', message: 'A space is missing after the colon.' };
  if (/flow (map|sequence|collection)/.test(said)) {
    return brackets;
  }
  return { code: 'yaml/syntax', message: 'The document is not complete here. Separate documents with a line of three hyphens.' };
}

function spokenText(at: string): string {
  const word = at.split(/\s/, 1)[0] ?? '';
  return word === '' ? 'The end' : JSON.stringify(word.length > 30 ? `${word.slice(0, 27)}...` : word);
}
