/** Writes what was understood as text of the language, with the evidence as comments. */
import type { Place } from '../manifests/yaml-tree.js';
import {
  type ImportedComponent,
  type ImportedEdge,
  type ImportedRegion,
  type Question,
  type Statement,
  spokenPlace,
} from './imported.js';

export interface ImportedModel {
  readonly name: string;
  readonly sources: readonly string[];
  readonly namespace?: string;
  readonly mesh?: string;
  readonly regions: readonly ImportedRegion[];
  readonly components: readonly ImportedComponent[];
  readonly journeys: readonly { readonly name: string; readonly note: string; readonly requires: readonly string[] }[];
  readonly questions: readonly Question[];
}

/** Longer evidence is cut: the rest is in the manifests. */
const longestNote = 160;

/** The text, one declaration after another; the formatter lays it out. */
export function modelText(model: ImportedModel): string {
  const head = [
    `// Read from ${oneLine(model.sources.join(', '))}: what the manifests say, with where they say it.`,
    ...(model.questions.length === 0 ? [] : ['//', '// What they do not say:']),
    ...model.questions.map((question) => `// - ${oneLine(question.text)}`),
  ].join('\n');
  const settings = [
    ...(model.mesh === undefined ? [] : [`mesh ${model.mesh}`]),
    ...(model.namespace === undefined ? [] : [`namespace ${model.namespace}`]),
  ];
  return [
    `${head}\n\nmodel ${model.name} {${settings.length === 0 ? '' : `\n${settings.map((line) => `  ${line}\n`).join('')}`}}`,
    ...model.regions.map(regionText),
    ...model.components.map(componentText),
    ...model.journeys.map(
      ({ name, note, requires }) => `// ${oneLine(note)}\njourney ${name} { requires ${requires.join(', ')} }`,
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function regionText({ name, platformId, cluster, zones, note }: ImportedRegion): string {
  const lines = [
    ...(platformId === undefined ? [] : [`id "${platformId}"`]),
    ...(cluster === undefined ? [] : [`cluster "${cluster}"`]),
    ...zones.map((zone) => `zone ${zone.name}${zone.platformId === zone.name ? '' : ` { id "${zone.platformId}" }`}`),
  ];
  const body = lines.length === 0 ? '{}' : `{\n${lines.map((line) => `  ${line}\n`).join('')}}`;
  return `${note === undefined ? '' : `// ${oneLine(note)}\n`}region ${name} ${body}`;
}

function componentText(component: ImportedComponent): string {
  const { kind, name, title, tier, sites, note } = component;
  const head = [
    kind,
    name,
    ...(title === undefined ? [] : [`"${title}"`]),
    ...(tier === undefined ? [] : [`tier ${tier}`]),
    ...(sites === undefined || sites.length === 0 ? [] : [`in ${sites.join(', ')}`]),
  ].join(' ');
  const lines = [
    ...component.statements.map((statement) => statementText(statement, component.at)),
    ...component.edges.map(edgeText),
    ...component.blocks,
  ];
  const body = lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n}`;
  return `// ${oneLine(note)}\n${head} ${body}`;
}

/** What another file than that of the component's own object says, such as an overlay, is named with its place. */
function statementText({ text, note, at }: Statement, own: Place | undefined): string {
  const said = note ?? (at === undefined || own === undefined || at.uri === own.uri ? undefined : spokenPlace(at));
  return `  ${text}${said === undefined ? '' : ` // ${oneLine(said)}`}`;
}

function edgeText({ target, block, evidence }: ImportedEdge): string {
  const inner = block.length === 0 ? '' : ` { ${block.join('  ')} }`;
  return `  requires ${target}${inner} // ${oneLine(evidence.join(', '))}`;
}

/** A comment ends with its line: nothing that comes from a manifest may start another. */
function oneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return plain.length > longestNote * 2 ? `${plain.slice(0, longestNote * 2 - 3)}...` : plain;
}
