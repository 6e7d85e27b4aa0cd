/** The picture as an interactive page of one file: script, style and model in it, and a policy that lets nothing else in. */
import { displayName } from '../display-name.js';
import { type FileTheme, palettes } from '../ink.js';
import { escapeText } from '../markup.js';
import type { PageData } from './page-data.js';

/** What a host has in files beside itself: code and style sheets as text. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** The files that the build makes of `media/preview` and `media/page`. The page is the script of the view and one of its own. */
const files = {
  scripts: ['preview/preview.js', 'page/page.js'],
  styles: ['preview/preview.css', 'page/page.css'],
} as const;

/** Reads the parts. `read` gets paths as seen from the folder that the build writes into. */
export async function pageParts(read: (path: string) => Promise<string>): Promise<PageParts> {
  const joined = async (paths: readonly string[]): Promise<string> => (await Promise.all(paths.map(read))).join('\n');
  const [script, style] = await Promise.all([joined(files.scripts), joined(files.styles)]);
  return { script, style };
}

/** Where the page's script looks for its data. */
export const pageDataId = 'drml-data';

/**
 * The text of the page. It asks for nothing from anywhere: its policy allows the one script and the one style sheet whose hashes it
 * names, and images that the script makes itself. `theme` undefined: light or dark, as the reader's system is. Same input, same bytes.
 */
export async function pageOf(data: PageData, theme: FileTheme | undefined, { script, style }: PageParts): Promise<string> {
  const code = scriptText(script);
  const sheet = `\n${style}${coloursOf(theme)}`;
  const [codeHash, sheetHash] = await Promise.all([hashOf(code), hashOf(sheet)]);
  const policy = [
    `default-src 'none'`,
    `script-src 'sha256-${codeHash}'`,
    `style-src 'sha256-${sheetHash}'`,
    'img-src blob:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const title = escapeText(displayName(data.model));
  return `<!doctype html>
<html lang="${data.language?.code ?? 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${sheet}</style>
</head>
<body>
<noscript>${title}: this page draws its picture with a script of its own, and scripts are switched off here.</noscript>
<script type="application/json" id="${pageDataId}">${jsonText(data)}</script>
<script>${code}</script>
</body>
</html>
`;
}

/** The SHA-256 of a text in UTF-8, in base64. */
async function hashOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** JSON in which nothing means anything to HTML, and nothing turns the direction of the text around it. */
function jsonText(data: PageData): string {
  return JSON.stringify(data).replace(/[<>&\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A script that no text in it can end, or turn into a comment of HTML. */
function scriptText(script: string): string {
  return `\n${script.trim().replace(/<(?=\/script|!--|script)/gi, '\\x3c')}\n`;
}

/** The colours as variables of the style sheet. Paper is white. */
function coloursOf(theme: FileTheme | undefined): string {
  if (theme !== undefined) return `${rootOf(theme)}\n@media print { ${rootOf('light')} }\n`;
  return `${rootOf('light')}
@media (prefers-color-scheme: dark) { ${rootOf('dark')} }
@media (prefers-contrast: more) { ${rootOf('high-contrast-light')} }
@media (prefers-contrast: more) and (prefers-color-scheme: dark) { ${rootOf('high-contrast-dark')} }
@media print { ${rootOf('light')} }
`;
}

function rootOf(theme: FileTheme): string {
  const colours = Object.entries(palettes[theme]).map(([role, colour]) => `--drml-${role}: ${colour};`);
  const scheme = theme.endsWith('dark') ? 'dark' : 'light';
  return `:root { color-scheme: ${scheme}; ${colours.join(' ')} --vscode-focusBorder: ${palettes[theme].repl}; --vscode-font-family: system-ui; }`;
}
