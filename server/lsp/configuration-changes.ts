import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';

/**
 * Follows the user's settings. Some editors send them along when they change, others only say that something has changed and wait to be
 * asked; some give them once, at the start: `initializationOptions: { "drml": { … } }`.
 */
export function addConfigurationChanges(connection: Connection, shared: LangiumSharedServices): void {
  const provider = shared.workspace.ConfigurationProvider;
  let answers = false;
  shared.lsp.LanguageServer.onInitialize(({ capabilities, initializationOptions }) => {
    answers = capabilities.workspace?.configuration === true;
    if (hasSection(initializationOptions)) provider.updateConfiguration({ settings: { drml: initializationOptions.drml } });
  });
  connection.onDidChangeConfiguration(async (change) => {
    if (hasSection(change.settings)) provider.updateConfiguration(change);
    else if (answers) {
      const drml: unknown = await connection.workspace.getConfiguration('drml').catch(() => undefined);
      provider.updateConfiguration({ settings: { drml: drml ?? {} } });
    }
  });
}

function hasSection(settings: unknown): settings is { readonly drml: unknown } {
  return typeof settings === 'object' && settings !== null && 'drml' in settings && typeof settings.drml === 'object';
}
