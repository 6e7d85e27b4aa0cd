import { Uri, window } from 'vscode';

/** The file that a command is meant for: the one it was given (the server names it as text), or the active .drml file. */
export function modelFile(argument: unknown): Uri | undefined {
  if (typeof argument === 'string') return Uri.parse(argument);
  if (argument instanceof Uri) return argument;
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'drml' ? document.uri : undefined;
}
