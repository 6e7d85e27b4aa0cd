import { CodeActionKind } from 'vscode-languageserver';
import type { Refactoring } from '../../../language/refactor/refactoring.js';

/** The protocol's kinds of the sorts of refactorings. */
export const refactorKinds: Readonly<Record<Refactoring['kind'], string>> = {
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
  move: 'refactor.move',
  rewrite: CodeActionKind.RefactorRewrite,
};

/** The kind of the action that makes all safe changes at once: `source.fixAll` asks for it as well. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.drml`;

/** The kinds of actions that this server has, as it tells the client. */
export const codeActionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  ...Object.values(refactorKinds),
  fixAllKind,
  CodeActionKind.SourceOrganizeImports,
];
