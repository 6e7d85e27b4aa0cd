/** The blocks of a file as the checks see them: which kind each is, and the statements in it. */
import type { AstNode } from 'langium';
import type { Detail, DrillStatement, ScenarioStatement, Statement, TopLevel, Zone, ZoneName } from '../../generated/ast.js';
import { componentKindPlaces, type Place } from '../keys.js';

/** Any statement that stands in a block. */
export type BlockStatement = Statement | Detail | ScenarioStatement | DrillStatement;

export interface Block {
  readonly place: Place;
  /** The declaration or statement whose block it is. */
  readonly node: AstNode;
  /** The top-level element around it, itself included. */
  readonly top: TopLevel;
  /** How messages call it: `` service `orders` ``. */
  readonly label: string;
  readonly statements: readonly BlockStatement[];
}

const componentPlaces = new Map<string, Place>(componentKindPlaces.map((kind) => [kind, kind]));

/** Every block of a top-level element, outer ones first. */
export function blocksOf(element: TopLevel): readonly Block[] {
  const block = topBlock(element);
  if (block === undefined) return [];
  const blocks = [block];
  for (const statement of block.statements) addInner(blocks, block, statement);
  return blocks;
}

function topBlock(element: TopLevel): Block | undefined {
  const block = (place: Place, statements: readonly BlockStatement[], label: string): Block => ({
    place,
    node: element,
    top: element,
    label,
    statements,
  });
  switch (element.$type) {
    case 'Import':
      return undefined;
    case 'ModelBlock':
      return block('model', element.statements, named('model', element.name));
    case 'Region':
      return block('region', element.statements, named('region', element.name));
    case 'Link':
      return block('link', element.statements, 'this link');
    case 'Component': {
      const place = componentPlaces.get(element.kind);
      return place === undefined ? undefined : block(place, element.statements, named(element.kind, element.name));
    }
    case 'Journey':
      return block('journey', element.statements, named('journey', element.name));
    case 'Policy':
      return block('policy', element.statements, named('policy', element.name));
    case 'Defaults':
      return block('defaults', element.statements, `\`defaults${element.kind === undefined ? '' : ` ${element.kind}`}\``);
    case 'Scenario':
      return block('scenario', element.statements, named('scenario', element.name));
    case 'Drill':
      return block('drill', element.statements, 'this drill');
  }
}

function named(kind: string, name: string | undefined): string {
  return name === undefined ? `this ${kind}` : `${kind} \`${name}\``;
}

function addInner(blocks: Block[], outer: Block, statement: BlockStatement): void {
  const add = (place: Place, node: AstNode, statements: readonly BlockStatement[], label: string): void => {
    blocks.push({ place, node, top: outer.top, label, statements });
  };
  switch (statement.$type) {
    case 'Zone':
      add('zone', statement, statement.details, named('zone', statement.name));
      break;
    case 'Together':
      add('together', statement, statement.details, '`together`');
      break;
    case 'Failover':
      add('failover', statement, statement.details, 'this `failover`');
      break;
    case 'Rollout':
      add('rollout', statement, statement.details, '`rollout`');
      break;
    case 'Backup':
      add('backup', statement, statement.details, named('backup', statement.name));
      break;
    case 'Edge':
      // Most edges have no block, and there are many of them.
      if (statement.options.length > 0) add('edge', statement, statement.options, `this \`${statement.kind}\``);
      break;
    case 'Objective':
      add('objective', statement, statement.details, 'this `objective`');
      for (const detail of statement.details) {
        if (detail.$type === 'ClassObjective')
          add(
            'class',
            detail,
            detail.accepts.length === 0 ? detail.promises : [...detail.promises, ...detail.accepts],
            `\`${detail.disruption}\``,
          );
      }
      break;
    default:
      break;
  }
}

/** Types of statements that start with the word they are named after. */
const keyOfType: ReadonlyMap<string, string> = new Map(
  [
    ...['Runs', 'Needs', 'Repairs', 'Load', 'Port', 'Routes', 'Probe', 'Scales', 'Mounts', 'Recovers', 'Rebuilds', 'Agrees'],
    ...['Storage', 'Replicates', 'Consistency', 'Backup', 'Failover', 'Objective', 'Together', 'Rollout', 'Runbook', 'Accepts'],
    ...['Follows', 'Quota', 'Zone', 'Retries', 'Breaker', 'Decide', 'Switch', 'Consistent', 'Tolerates', 'Encrypted', 'Tested'],
    ...['Fails', 'Corrupts', 'Deletes', 'Expect', 'Measured', 'Expects', 'Disk', 'Entry', 'Host', 'Repeats'],
    'Tracing',
  ].map((type) => [type, type.toLowerCase()]),
);

/** The first word of a statement: the key that the key table knows it by. */
export function keyOf(statement: BlockStatement): string {
  switch (statement.$type) {
    case 'Fact':
    case 'Mark':
    case 'Text':
    case 'Words':
    case 'Versioned':
    case 'Cost':
      return statement.key;
    case 'Edge':
    case 'Series':
      return statement.kind;
    case 'ClassObjective':
      return statement.disruption;
    case 'ManagedBy':
      return 'managed';
    case 'DeadLetters':
      return 'dead';
    case 'SoftwareVersion':
      return 'version';
    case 'CopiesTo':
      return 'copies';
    case 'ZoneList':
      return 'zones';
    case 'Environment':
      return 'in';
    default:
      return keyOfType.get(statement.$type) ?? '';
  }
}

/** The zones that a region declares, in order. */
export function zonesOf(statements: readonly Statement[]): readonly (Zone | ZoneName)[] {
  return statements.flatMap((statement): readonly (Zone | ZoneName)[] =>
    statement.$type === 'ZoneList' ? statement.zones : statement.$type === 'Zone' ? [statement] : [],
  );
}
