import { env, Uri, type Webview } from 'vscode';

/** The folder of the extension that holds everything the preview loads. */
export function previewFolder(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'preview');
}

/**
 * Writes the page of the preview. Its policy allows this one script, this one style sheet, and a worker and an image that the
 * script makes of a Blob, since a worker of another origin is refused in a webview. `words` are its sentences in the language of the user.
 */
export function previewPage(webview: Webview, extension: Uri, words?: object): string {
  const folder = previewFolder(extension);
  const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
  const nonce = randomNonce();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    'worker-src blob:',
    'img-src blob:',
  ].join('; ');
  // Data, no script: nothing of it is run. A text that looks like the end of the block is none.
  const table =
    words === undefined
      ? ''
      : `<script type="application/json" id="drml-words">${JSON.stringify(words).replaceAll('<', '\\u003c')}</script>\n    `;
  return `<!DOCTYPE html>
<html lang="${words === undefined ? 'en' : env.language}">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <link rel="stylesheet" href="${address('preview.css')}">
    <title>DRML picture</title>
  </head>
  <body>
    ${table}<script nonce="${nonce}" src="${address('preview.js')}"></script>
  </body>
</html>
`;
}

/** A word that nobody can guess: what stands in a model cannot make the page run a script. */
function randomNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}
