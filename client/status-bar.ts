import {
  type Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import type { HealthResult } from '../server/lsp/protocol.js';
import { type LanguageServer, whenAny } from './language-server.js';

/** What the status bar says: the icon and words of the item, and the lines behind it. */
interface Shown {
  readonly text: string;
  readonly severity: 'good' | 'warning' | 'error';
  readonly busy: boolean;
  readonly lines: readonly string[];
}

/** Shows in the status bar whether the server runs and how the workspace's models stand; a click offers what can be done. */
export function createStatusBar(server: LanguageServer): Disposable {
  const item = window.createStatusBarItem('drml.health', StatusBarAlignment.Right, 100);
  item.name = 'DRML';
  item.command = 'drml.showMenu';
  const status = languages.createLanguageStatusItem('drml.health', { language: 'drml' });
  status.name = 'DRML';
  status.command = { command: 'drml.showMenu', title: l10n.t('Menu') };

  const update = async (): Promise<void> => {
    if (window.activeTextEditor?.document.languageId !== 'drml' && server.state !== 'stopped') item.hide();
    else item.show();
    const shown = await currentState(server);
    showInBar(item, shown);
    showForLanguage(status, shown);
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
      status.dispose();
    },
  };
}

async function currentState(server: LanguageServer): Promise<Shown> {
  if (server.state !== 'running') return serverState(server.state);
  try {
    const health = await server.health();
    return health === null ? serverState(server.state) : modelHealth(health);
  } catch {
    // The server ended between the question and the answer; the next change of state says so.
    return serverState(server.state);
  }
}

function serverState(state: LanguageServer['state']): Shown {
  switch (state) {
    case 'stopped':
      return {
        text: `$(error) ${l10n.t('DRML stopped')}`,
        severity: 'error',
        busy: false,
        lines: [l10n.t('The language server does not run.')],
      };
    case 'starting':
      return { text: '$(sync~spin) DRML', severity: 'good', busy: true, lines: [l10n.t('The language server is starting.')] };
    case 'running':
      return {
        text: '$(question) DRML',
        severity: 'warning',
        busy: false,
        lines: [l10n.t('The language server runs but could not say how the workspace stands. The output says why.')],
      };
  }
}

/** The counts of errors and warnings, the names of the models, and how long the last analysis took. */
export function modelHealth({ model, findings, analysisMilliseconds }: HealthResult): Shown {
  const { errors, warnings } = findings;
  const severity = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'good';
  const icon = { error: '$(error)', warning: '$(warning)', good: '$(pass)' }[severity];
  const counts = errors + warnings === 0 ? '' : ` ${errors + warnings}`;
  return {
    text: `${icon} DRML${counts}`,
    severity,
    busy: false,
    lines: [
      model === '' ? l10n.t('No file of this workspace declares a model.') : l10n.t('Model: {0}', model),
      `${errorCount(errors)}, ${warningCount(warnings)}`,
      l10n.t('Last analysis: {0} ms', Math.round(analysisMilliseconds)),
    ],
  };
}

function errorCount(count: number): string {
  return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', count);
}

function warningCount(count: number): string {
  return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count);
}

function showInBar(item: StatusBarItem, { text, severity, busy, lines }: Shown): void {
  item.text = text;
  // Only a server that does not run is coloured: findings are the author's business, and shown where they are.
  const stopped = severity === 'error' && !busy && lines.length === 1;
  item.backgroundColor = stopped ? new ThemeColor('statusBarItem.errorBackground') : undefined;
  item.tooltip = tooltip(lines);
}

function showForLanguage(status: LanguageStatusItem, { severity, busy, lines }: Shown): void {
  const [first = '', ...rest] = lines;
  status.text = first;
  status.detail = rest.join(' \u00b7 ');
  status.busy = busy;
  status.severity = {
    good: LanguageStatusSeverity.Information,
    warning: LanguageStatusSeverity.Warning,
    error: LanguageStatusSeverity.Error,
  }[severity];
}

function tooltip(lines: readonly string[]): MarkdownString {
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: ['drml.restartServer', 'drml.showOutput', 'drml.openPreview'] };
  // Model names come from files, so they are appended as text and never read as Markdown.
  for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
  const link = (title: string, command: string): string => `[${title}](command:${command})`;
  return text.appendMarkdown(
    [
      link(l10n.t('Picture'), 'drml.openPreview'),
      link(l10n.t('Restart'), 'drml.restartServer'),
      link(l10n.t('Output'), 'drml.showOutput'),
    ].join(' \u00b7 '),
  );
}
