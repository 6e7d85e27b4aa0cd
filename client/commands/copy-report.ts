import { commands, type Disposable, type ExtensionContext, env, l10n, version, window } from 'vscode';
import type { LanguageServer } from '../language-server.js';

/** `drml.copyReport`: puts what a report of a fault needs on the clipboard. No name and no text of a model is in it. */
export function registerCopyReport(context: ExtensionContext, server: LanguageServer): Disposable {
  return commands.registerCommand('drml.copyReport', async () => {
    const health = await server.health().catch(() => null);
    const lines = [
      `DRML ${String(context.extension.packageJSON.version)}`,
      `VS Code ${version} (${env.appHost}, ${env.remoteName ?? 'local'}, ${env.language})`,
      `Language server: ${server.state}`,
      ...(health === null
        ? []
        : [
            `Errors: ${health.findings.errors}, warnings: ${health.findings.warnings}`,
            `Last analysis: ${Math.round(health.analysisMilliseconds)} ms`,
          ]),
    ];
    await env.clipboard.writeText(`${lines.join('\n')}\n`);
    await window.showInformationMessage(
      l10n.t('DRML: the report is on the clipboard. It holds versions and counts, and nothing of your models.'),
    );
  });
}
