import { type ExtensionContext, l10n, window } from 'vscode';
import { registerCheckManifests } from './commands/check-manifests.js';
import { registerCopyReport } from './commands/copy-report.js';
import { registerFixAll } from './commands/fix-all.js';
import { registerGenerateManifests } from './commands/generate-manifests.js';
import { registerImportManifests } from './commands/import-manifests.js';
import { registerNewModel } from './commands/new-model.js';
import { registerOpenManifests } from './commands/open-manifests.js';
import { registerOpenPicture } from './commands/open-picture.js';
import { registerOpenPreview } from './commands/open-preview.js';
import { registerOpenReport } from './commands/open-report.js';
import { registerOpenWalkthrough } from './commands/open-walkthrough.js';
import { registerRestartServer } from './commands/restart-server.js';
import { registerShowDependencies } from './commands/show-dependencies.js';
import { registerShowMenu } from './commands/show-menu.js';
import { registerShowOutput } from './commands/show-output.js';
import { type CreateClient, LanguageServer } from './language-server.js';
import { ChangesView } from './manifests/changes-view.js';
import { ManifestDocuments } from './manifests/manifest-documents.js';
import { ManifestFindings } from './manifests/manifest-findings.js';
import { ManifestLinks } from './manifests/manifest-links.js';
import { OwnManifestFindings } from './manifests/own-manifest-findings.js';
import { PreviewPanel } from './preview/preview-panel.js';
import { ReportDocuments } from './report/report-documents.js';
import { registerServerCommands } from './server-commands.js';
import { createStatusBar } from './status-bar.js';

/** Puts the extension together, the same in every host, and starts the language server that the host can run. */
export async function activateWith(context: ExtensionContext, createClient: CreateClient): Promise<LanguageServer> {
  const log = window.createOutputChannel('DRML', { log: true });
  const server = new LanguageServer(context, log, createClient);
  const preview = new PreviewPanel(context, server, log);
  const reports = new ReportDocuments(server);
  const manifests = new ManifestDocuments(server);
  const changes = new ChangesView();
  const findings = new ManifestFindings(server);
  context.subscriptions.push(
    log,
    preview,
    reports,
    manifests,
    changes,
    findings,
    new OwnManifestFindings(server, findings),
    new ManifestLinks(server, manifests),
    createStatusBar(server),
    registerNewModel(),
    registerImportManifests(server, log),
    registerCheckManifests(findings),
    registerOpenPreview(preview),
    registerOpenPicture(preview),
    registerGenerateManifests(server, changes),
    registerOpenManifests(manifests),
    registerOpenReport(reports),
    registerShowDependencies(),
    registerFixAll(),
    registerRestartServer(server, log),
    registerShowOutput(log),
    registerShowMenu(),
    registerOpenWalkthrough(context),
    registerCopyReport(context, server),
    registerServerCommands(),
  );
  log.info(l10n.t('DRML {0} starts. It sends nothing anywhere.', String(context.extension.packageJSON.version)));
  await server.start();
  return server;
}
