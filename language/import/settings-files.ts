/** Addresses in whole files of settings that a container mounts: `application.yml`, `nginx.conf`, `database.yml.erb`. */

/** A stretch of a line that may be an address, under the name of its setting. */
export interface SettingPiece {
  /** Empty where the line gives none. */
  readonly setting: string;
  readonly piece: string;
  /** From 0. */
  readonly line: number;
}

/** Longer files and lines are data, not settings. */
const longestFile = 256 * 1024;
const longestLine = 1000;

/** The word that a line starts with: of `server ledger:8080` and `port:8080` it is the setting. */
const firstWord = /^\s*([A-Za-z][\w.-]*)(?:\s+(?![\s:=])|:(?=\d))/;

/** A setting (`"host":`, `brokers = [`, `url=`), or a stretch without white space, quotes and brackets. */
const settingOrPiece = /(["']?)([A-Za-z][\w.-]*)\1\s*(?:=>|[:=])(?=[\s"'[{(]|$)|([A-Za-z][\w.-]*)=(?!=)|[^\s,;"'`()[\]{}<>|=]+/g;

/** What may be addresses, line by line; comments are left out. Any language of settings will do: nothing is parsed. */
export function piecesOf(text: string): readonly SettingPiece[] {
  if (text.length > longestFile) return [];
  const pieces: SettingPiece[] = [];
  for (const [line, whole] of text.split('\n').entries()) {
    if (whole.length > longestLine) continue;
    // A scheme has slashes as well: they start a comment only where white space or nothing stands before.
    const said = whole.replace(/(?:^|\s)(?:#|\/\/|;|--|<!--).*$/, '');
    const first = firstWord.exec(said);
    let setting = first?.[1] ?? '';
    for (const [piece, , named, assigned] of said.slice(first?.[0].length ?? 0).matchAll(settingOrPiece)) {
      const next = named ?? assigned;
      if (next !== undefined) setting = next;
      else if (/[A-Za-z]/.test(piece)) pieces.push({ setting, piece, line });
    }
  }
  return pieces;
}
