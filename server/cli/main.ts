/** The command line: `drml check examples/shop`. Each command is a file of its own in `commands/`. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { imageScales } from '../../language/diagram/export/image-size.js';
import { fileThemes } from '../../language/diagram/ink.js';
import { extras } from '../../language/generate/on-request/extras.js';
import { generatorVersion } from '../../language/generate/version.js';
import { matrixFormats } from '../../language/report/matrix/matrix-document.js';
import { starterPatterns } from '../../language/starter/index.js';
import { reportFormats } from './check-reports/report.js';
import { analyze } from './commands/analyze.js';
import { check } from './commands/check.js';
import { diagram, diagramFormats } from './commands/diagram.js';
import { drift } from './commands/drift.js';
import { explain } from './commands/explain.js';
import { fmt } from './commands/fmt.js';
import { generate } from './commands/generate.js';
import { importPaths } from './commands/import.js';
import { init } from './commands/init.js';
import { lsp } from './commands/lsp.js';
import { matrix } from './commands/matrix.js';
import { model } from './commands/model.js';
import { report } from './commands/report.js';
import { terminal } from './console.js';
import { pictureLanguages } from './picture-language.js';
import { type ExitCode, exitCodes, UnusableInput } from './unusable-input.js';

// A reader that has seen enough, such as `head`, closes the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** What `drml` is written for: older ones lack functions that it calls. */
const oldestNode = 22;

const output = terminal();
let result: Promise<ExitCode> = Promise.resolve(exitCodes.done);
const run = (work: Promise<ExitCode>): void => {
  result = work;
};

const format = (): Option => new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');
const asOf = (): Option =>
  new Option(
    '--as-of <date>',
    'judge dates in the model as of this day, YYYY-MM-DD (default: that of drml.config.json, else today)',
  );
const where = 'a .drml file, or a folder with models';
const examples = `
Examples:
  drml init                                           start a first model
  drml check models/                                  find what is wrong; exits with 1 on errors
  drml analyze shop.drml --explain buy.availability   see where a figure comes from
  drml diagram shop.drml --what-if north -o lost.svg  draw what the loss of north does
  drml generate shop.drml --out deploy                write the manifests

"drml help COMMAND" shows the options of a command. Exit codes: 0 fine, 1 findings, 2 unusable input.`;

const program = new Command('drml')
  .description(
    'What does a disaster do to your system? Finds single points of failure, computes availability, RTO and RPO, draws the system, and writes the manifests that make it true.',
  )
  .version(generatorVersion)
  .showHelpAfterError('"drml help COMMAND" shows how it is used.')
  .addHelpText('after', examples)
  .exitOverride();

program
  .command('init')
  .description('write a first model for one of five usual arrangements of regions')
  .argument('[path]', 'the file to write, or its folder (default: NAME.drml here)')
  .addOption(
    new Option('--pattern <pattern>', 'the arrangement of regions')
      .choices(starterPatterns.map(({ id }) => id))
      .default('active-passive'),
  )
  .option('--name <name>', 'the name of the model', 'web-shop')
  .option('--provider <provider>', 'the provider of all regions', 'aws')
  .option('--regions <names>', 'names of the regions, with commas between them (default: usual ones of the provider)')
  .option('--print', 'print the model instead of writing a file', false)
  .action((path: string | undefined, options) => run(init(path, options, output)));

program
  .command('import')
  .description('write a first model from Kubernetes and Istio manifests')
  .argument('[paths...]', 'YAML files, folders, kustomizations, or - for the standard input')
  .option('-o, --output <file>', 'the .drml file to write (default: print the model)')
  .option('--name <name>', 'the name of the model (default: the namespace)')
  .option(
    '--region <name=path>',
    'where the manifests of a region are; repeat it for each region',
    (value: string, all: readonly string[]) => [...all, value],
    [],
  )
  .option('--calls <file>', 'a JSON file of dependencies exported from Jaeger: adds the calls seen in traces')
  .option('--force', 'overwrite an existing file', false)
  .action((paths: string[], options) => run(importPaths(paths, options, output)));

program
  .command('drift')
  .description('list where a model and manifests differ; exits with 1 if they do')
  .argument('<model>', where)
  .argument('[paths...]', 'YAML files, folders, kustomizations, or - for the standard input')
  .option(
    '--region <name=path>',
    'where the manifests of a region are; repeat it for each region',
    (value: string, all: readonly string[]) => [...all, value],
    [],
  )
  .addOption(format())
  .action((path: string, paths: string[], options) => run(drift(path, paths, options, output)));

program
  .command('check')
  .description('report errors and findings in models or manifests; exits with 1 if one is an error')
  .argument('<path...>', `${where}; YAML files, a folder of them, or - for the standard input`)
  .addOption(new Option('--format <format>', 'how to print').choices(['text', ...reportFormats]).default('text'))
  .addOption(asOf())
  .option('-o, --output <file>', 'the file to write the report to (default: the standard output)', notEmpty)
  .option('--fix', 'first apply the fixes that need no decision', false)
  .addOption(new Option('--max-warnings <count>', 'exit with 1 if there are more warnings').argParser(wholeNumber))
  .option('--baseline <file>', 'a file of known findings, which do not count', notEmpty)
  .option('--write-baseline <file>', 'write the present findings to such a file', notEmpty)
  .action((paths: string[], options) => run(check(paths, options, output)));

program
  .command('explain')
  .description('print what a rule finds, why, and how to fix it')
  .argument('[rule]', 'its code or name, such as DR002 (default: list all rules)')
  .action((rule: string | undefined) => run(Promise.resolve(explain(rule, output))));

program
  .command('analyze')
  .description('compute availability, single points of failure, RTO and RPO')
  .argument('<path>', where)
  .addOption(format())
  .addOption(asOf())
  .option('--only <names>', 'with --format json: only these journeys, components and scenarios, with commas between them')
  .option('--explain <figure>', 'print the breakdown of one figure, such as place-order.availability')
  .action((path: string, options) => run(analyze(path, options, output)));

program
  .command('model')
  .description('print the semantic model as JSON')
  .argument('<path>', where)
  .addOption(new Option('--format <format>', 'how to print').choices(['json']).default('json'))
  .action((path: string) => run(model(path, output)));

program
  .command('diagram')
  .description('draw the model as SVG, PNG or an interactive page, or write it for Mermaid or D2')
  .argument('<path>', where)
  .option('-o, --output <file>', 'the file to write: .svg, .png, .html, .mmd or .d2 (default: the standard output)')
  .addOption(
    new Option('--format <format>', 'what to write (default: as the name of the file says, else SVG)').choices(diagramFormats),
  )
  .addOption(new Option('--theme <theme>', 'colours (default: light; for a page, those of its reader)').choices([...fileThemes]))
  .option(
    '--scale <factor>',
    `of a PNG: its pixels for each pixel of the picture (default: ${imageScales.usual}, or less for a very large picture)`,
    asScale,
  )
  .option('--what-if <name...>', 'switch off these regions, zones and components, or show this scenario')
  .option('--view <view>', 'draw one view: placement, regions, data, journey:NAME, region:NAME or component:NAME')
  .addOption(new Option('--language <language>', 'the language of its words').choices(pictureLanguages).default('en'))
  .option('--watch', 'draw again whenever a file of the model changes', false)
  .addOption(asOf())
  .action((path: string, options) => run(diagram(path, options, output)));

program
  .command('matrix')
  .description('tabulate what each class of disruption does to every journey and component, beside what was promised')
  .argument('<path>', where)
  .option('-o, --output <file>', 'the file to write: .md, .csv or .html (default: Markdown to the standard output)')
  .addOption(new Option('--format <format>', 'what to write (default: as the name of the file says)').choices(matrixFormats))
  .addOption(asOf())
  .action((path: string, options) => run(matrix(path, options, output)));

program
  .command('report')
  .description('write the disaster recovery report of the model, for review and signature')
  .argument('<path>', where)
  .option('-o, --output <file>', 'the file to write: .md or .html (default: Markdown to the standard output)')
  .addOption(asOf())
  .action((path: string, options) => run(report(path, options, output)));

program
  .command('generate')
  .description('write the Kubernetes and Istio manifests of the model; exits with 1 if a file was changed by hand')
  .argument('<path>', where)
  .requiredOption('--out <folder>', 'the folder to write into', notEmpty)
  .option('--dry-run', 'list what would be written, and write nothing', false)
  .option('--diff', 'print what would change in each file, and write nothing', false)
  .option('--check', 'write nothing; exit with 1 if the folder is not what the model says', false)
  .addOption(
    new Option('--edits <choice>', 'files changed by hand: keep them, move the change into custom/ as a patch, or discard it')
      .choices(['refuse', 'move', 'overwrite'])
      .default('refuse'),
  )
  .addOption(
    new Option(
      '--with <extra...>',
      'write these too, in this and all later runs: an Argo CD ApplicationSet, AWS Backup plans, HAProxy configuration',
    ).choices(extras),
  )
  .option('--repository <url>', 'the Git repository in which Argo CD finds the folder', notEmpty)
  .option('--repository-folder <path>', 'the path of the folder in that repository (default: its root)')
  .action((path: string, options) => run(generate(path, options, output)));

program
  .command('fmt')
  .description('format models in place; "-" formats the standard input to the standard output')
  .argument('<path...>', where)
  .option('--check', 'write nothing; exit with 1 if a file is not formatted', false)
  .action((paths: string[], options) => run(fmt(paths, options, output)));

program
  .command('lsp')
  .description('run the language server, for any editor that speaks LSP')
  .option('--stdio', 'communicate over the standard input and output (the default)')
  .action(() => run(lsp()));

void main().then((code) => {
  process.exitCode = code;
});

async function main(): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    output.error(
      `drml: needs Node ${oldestNode} or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
    );
    return exitCodes.unusable;
  }
  try {
    await program.parseAsync();
    return await result;
  } catch (error) {
    // Commander has printed its message; asking for help or the version is no failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.unusable;
    if (error instanceof UnusableInput) output.error(`drml: ${error.message}\n`);
    else output.error(`drml: unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.unusable;
  }
}

function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

function asScale(value: string): number {
  const scale = /^\d{1,3}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
  if (scale >= imageScales.smallest && scale <= imageScales.largest) return scale;
  throw new InvalidArgumentError(`It must be a number from ${imageScales.smallest} to ${imageScales.largest}, such as 1.5.`);
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number, such as 0.');
  return Number(value);
}
