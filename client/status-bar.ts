import { type Disposable, languages, MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import type { HealthResult } from '../server/lsp/protocol.js';
import { type LanguageServer, whenAny } from './language-server.js';

/** Shows in the status bar whether the server runs and how the workspace's models stand; a click opens the log. */
export function createStatusBar(server: LanguageServer): Disposable {
  const item = window.createStatusBarItem('drml.health', StatusBarAlignment.Right, 100);
  item.name = 'DRML';
  item.command = 'drml.showOutput';

  const update = async (): Promise<void> => {
    if (window.activeTextEditor?.document.languageId !== 'drml' && server.state !== 'stopped') {
      item.hide();
      return;
    }
    item.show();
    if (server.state !== 'running') {
      showServerState(item, server.state);
      return;
    }
    try {
      const health = await server.health();
      if (health === null) showServerState(item, server.state);
      else showHealth(item, health);
    } catch {
      // The server ended between the question and the answer; the next change of state says so.
      showServerState(item, server.state);
    }
  };
  const refresh = (): void => {
    void update();
  };

  refresh();
  const subscriptions = whenAny(
    refresh,
    (listener) => server.onDidChangeState(listener),
    (listener) => server.onDidChangeAnalysis(listener),
    (listener) => window.onDidChangeActiveTextEditor(listener),
    (listener) => languages.onDidChangeDiagnostics(listener),
  );
  return {
    dispose: () => {
      subscriptions.dispose();
      item.dispose();
    },
  };
}

function showServerState(item: StatusBarItem, state: LanguageServer['state']): void {
  item.backgroundColor = state === 'stopped' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
  switch (state) {
    case 'stopped':
      item.text = '$(error) DRML stopped';
      item.tooltip = tooltip(['The language server does not run.']);
      return;
    case 'starting':
      item.text = '$(sync~spin) DRML';
      item.tooltip = tooltip(['The language server is starting.']);
      return;
    case 'running':
      item.text = '$(question) DRML';
      item.tooltip = tooltip(['The language server runs but could not say how the workspace stands. The output says why.']);
      return;
  }
}

function showHealth(item: StatusBarItem, { model, findings, analysisMilliseconds }: HealthResult): void {
  const { errors, warnings } = findings;
  const icon = errors > 0 ? '$(error)' : warnings > 0 ? '$(warning)' : '$(pass)';
  item.text = `${icon} DRML`;
  item.backgroundColor = undefined;
  item.tooltip = tooltip([
    model === '' ? 'No file of this workspace declares a model.' : `Model: ${model}`,
    `${count(errors, 'error')}, ${count(warnings, 'warning')}`,
    `Last analysis: ${Math.round(analysisMilliseconds)} ms`,
  ]);
}

/** The plural is regular for every word that is counted here. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function tooltip(lines: readonly string[]): MarkdownString {
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: ['drml.restartServer', 'drml.showOutput'] };
  // Model names come from files, so they are appended as text and never read as Markdown.
  for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
  return text.appendMarkdown('[Restart](command:drml.restartServer) · [Output](command:drml.showOutput)');
}
