import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Fix, Log, PhysicalLocation, Region, ReportingDescriptor, Result } from 'sarif';
import { generatorVersion } from '../../../language/generate/version.js';
import { languageLink, ruleLink } from '../../../language/rules/links.js';
import type { RuleDescription } from '../../../language/rules/rule.js';
import { changeRegions } from '../change-regions.js';
import type { Problem, ProblemFix, Span } from '../problem-list.js';
import type { Report } from './report.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0: what code scanning services read. Paths are relative to the folder the command ran in. */
export function sarifReport({ problems, rules, session, hasBaseline }: Report): string {
  const described = [...rules.map(descriptor), ...languageRules(problems)];
  const indexes = new Map(described.map(({ id }, index) => [id, index]));
  const text = (uri: string): string => session.texts.get(uri) ?? '';
  const log: Log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'drml',
            semanticVersion: generatorVersion,
            informationUri: 'https://github.com/drml/drml',
            rules: described,
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => ({
          ...result(problem, indexes, text),
          ...(hasBaseline ? { baselineState: problem.known === true ? 'unchanged' : 'new' } : {}),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor({ code, name, title, severity, docs }: RuleDescription): ReportingDescriptor {
  const help = { text: docs.how, markdown: `${docs.what}\n\n**Why.** ${docs.why}\n\n**How to fix.** ${docs.how}` };
  return {
    id: code,
    name: name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: docs.what },
    help,
    helpUri: ruleLink(code),
    defaultConfiguration: { level: levels[severity] },
  };
}

/** The codes of the language's own checks that occur. They have no pages; code scanning asks for a text of each all the same. */
function languageRules(problems: readonly Problem[]): readonly ReportingDescriptor[] {
  const codes = problems.filter(({ finding }) => finding === undefined).map(ruleOf);
  return [...new Set(codes)].sort().map((id) => {
    const words = id.slice(id.indexOf('/') + 1).replaceAll('-', ' ');
    if (id.startsWith('yaml/')) return manifestRule(id, words);
    const how = 'The message says what to write instead. The language is described statement by statement.';
    return {
      id,
      shortDescription: { text: `The language: ${words}.` },
      fullDescription: { text: 'What is written cannot be read, contradicts itself, or says less than it seems to.' },
      help: { text: how, markdown: `${how.replace('The language', `[The language](${languageLink})`)}` },
      helpUri: languageLink,
    };
  });
}

function manifestRule(id: string, words: string): ReportingDescriptor {
  const how = 'The message says what was expected and how to mend it.';
  return {
    id,
    shortDescription: { text: `A manifest: ${words}.` },
    fullDescription: { text: 'What is written cannot be read as YAML, or is not what a field of Kubernetes takes.' },
    help: { text: how, markdown: how },
    helpUri: ruleLink('DR084'),
  };
}

function ruleOf({ code }: Problem): string {
  return code ?? 'unreadable';
}

function result(problem: Problem, indexes: ReadonlyMap<string, number>, text: (uri: string) => string): Result {
  const ruleId = ruleOf(problem);
  const { accepted, finding, related, fixes, message } = problem;
  const because = finding?.accepted?.reason;
  return {
    ruleId,
    ruleIndex: indexes.get(ruleId) ?? -1,
    level: levels[problem.severity],
    message: { text: message },
    locations: [{ physicalLocation: location(problem.file, problem) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, index) => ({
            id: index + 1,
            message: { text: place.message },
            physicalLocation: location(place.file, place),
          })),
        }),
    partialFingerprints: { 'drml/v1': problem.fingerprint },
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => sarifFix(fix, text)) }),
    ...(accepted === true
      ? { suppressions: [{ kind: 'inSource', status: 'accepted', ...(because === undefined ? {} : { justification: because }) }] }
      : {}),
  };
}

function sarifFix({ title, changes }: ProblemFix, text: (uri: string) => string): Fix {
  return {
    description: { text: title },
    artifactChanges: changeRegions(changes, text).map(({ file, replacements }) => ({
      artifactLocation: artifact(file),
      replacements: replacements.map(({ span, text: insertedContent }) => ({
        deletedRegion: region(span),
        insertedContent: { text: insertedContent },
      })),
    })),
  };
}

function location(file: string, span: Span): PhysicalLocation {
  return { artifactLocation: artifact(file), region: region(span) };
}

function artifact(file: string): ArtifactLocation {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

function region({ line, column, endLine, endColumn }: Span): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
