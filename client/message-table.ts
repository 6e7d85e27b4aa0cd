import { env, Uri, workspace } from 'vscode';

/** English sentences with places → the same in the language of the user. */
export type SentenceTable = Readonly<Record<string, string>>;

/** Whether people read English, which is what everything is written in. */
export function readsEnglish(): boolean {
  const language = env.language.toLowerCase();
  return language === 'en' || language.startsWith('en-');
}

/** The server's messages in the language of the user, as sentences with places; undefined in English, and where there is no table. */
export function messageTable(extension: Uri): Promise<SentenceTable | undefined> {
  return tableOf(extension, 'messages');
}

/** What is drawn and said in the picture, with the server's messages that come up in it; as {@link messageTable}. */
export async function pictureTable(extension: Uri): Promise<SentenceTable | undefined> {
  const [messages, picture] = await Promise.all([tableOf(extension, 'messages'), tableOf(extension, 'picture')]);
  return picture === undefined ? undefined : { ...messages, ...picture };
}

async function tableOf(extension: Uri, name: string): Promise<SentenceTable | undefined> {
  if (readsEnglish()) return undefined;
  try {
    const file = Uri.joinPath(extension, 'l10n', `${name}.${env.language.toLowerCase()}.json`);
    const table: unknown = JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file)));
    if (typeof table !== 'object' || table === null) return undefined;
    const entries = Object.entries(table).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}
