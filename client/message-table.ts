import { env, Uri, workspace } from 'vscode';

/** The server's messages in the language of the user, as sentences with places; undefined in English, and where there is no table. */
export async function messageTable(extension: Uri): Promise<object | undefined> {
  const language = env.language.toLowerCase();
  if (language === 'en' || language.startsWith('en-')) return undefined;
  try {
    const file = Uri.joinPath(extension, 'l10n', `messages.${language}.json`);
    const table: unknown = JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file)));
    return typeof table === 'object' && table !== null ? table : undefined;
  } catch {
    return undefined;
  }
}
