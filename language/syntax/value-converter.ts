import type { CstNode, GrammarAST, ValueType } from 'langium';
import { DefaultValueConverter } from 'langium';
import { withoutSeparators } from './lexer-errors.js';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The value of a text in quotes: `\"` and `\\` are the character itself, `\n`, `\t`, `\r` are a line break, a tab, a return. */
export function unquote(image: string): string {
  const closed = image.length > 1 && image.endsWith(image.slice(0, 1));
  return image.slice(1, closed ? -1 : undefined).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** Turns the text of terminals into values; quantities stay text. */
export class DrmlValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    switch (rule.name) {
      case 'STRING':
        return unquote(input);
      case 'QUANTITY':
        return input.includes(',') ? withoutSeparators(input) : input;
      case 'ID':
        return input;
      default:
        return super.runConverter(rule, input, cstNode);
    }
  }
}
