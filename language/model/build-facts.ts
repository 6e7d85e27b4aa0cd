/**
 * Reading facts out of layers of statements: the block itself first, then the policies it follows, then `defaults` of its kind,
 * then `defaults` of all kinds. The nearer wins statement by statement.
 */
import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import type { Detail, DrillStatement, Fact as FactNode, ScenarioStatement, Statement } from '../generated/ast.js';
import { type Dimension, parseQuantity, type Quantity } from '../syntax/quantity.js';
import type { Fact, Origin, Source, Written } from './fact.js';
import type { FailureData } from './model.js';

/** Whatever stands in a block. */
export type AnyStatement = Statement | Detail | ScenarioStatement | DrillStatement;

/** Statements and where they come from; `from` is undefined for the block itself, else `policy gold` or `defaults database`. */
export interface Layer {
  readonly statements: readonly AnyStatement[];
  readonly from: string | undefined;
}

/** A statement with its layer. */
export interface Layered<T> {
  readonly node: T;
  readonly from: string | undefined;
}

/** Where a node stands. */
export function sourceAt(node: AstNode): Source {
  const cst = node.$cstNode;
  return { uri: AstUtils.getDocument(node).uri.toString(), start: cst?.offset ?? 0, end: cst?.end ?? 0 };
}

/** Where the name of a declaration stands; the whole node where it has none. */
export function nameSourceAt(node: AstNode & { readonly name?: string }): Source {
  const whole = sourceAt(node);
  const cst = node.$cstNode;
  if (cst === undefined || node.name === undefined) return whole;
  // The name follows the keyword on the same line; searching the text avoids walking the concrete tree of every declaration.
  const at = cst.text.indexOf(node.name, cst.text.search(/\s/));
  return at < 0 ? whole : { uri: whole.uri, start: whole.start + at, end: whole.start + at + node.name.length };
}

/** Where a value of a node's own property stands: `tier 0` of a head. The whole node where it is not found. */
export function propertySourceAt(node: AstNode, property: string): Source {
  const cst = GrammarUtils.findNodeForProperty(node.$cstNode, property);
  const whole = sourceAt(node);
  return cst === undefined ? whole : { uri: whole.uri, start: cst.offset, end: cst.end };
}

/** Where a statement stands, and which policy or `defaults` it was inherited from. */
export function writtenAt(layered: Layered<AstNode>): Written {
  const source = sourceAt(layered.node);
  return layered.from === undefined ? { source } : { source, from: layered.from };
}

/** How a fact written at `node` is known, given the layer it was found in. */
export function originOf(layered: Layered<AstNode>): Origin {
  const at = sourceAt(layered.node);
  return layered.from === undefined ? { kind: 'stated', at } : { kind: 'inherited', at, from: layered.from };
}

/** The value of a quantity in SI units, or undefined where it is missing or the checks have refused it. */
export function quantityOf(text: string | undefined, dimension: Dimension): Quantity | undefined {
  if (text === undefined) return undefined;
  const parsed = parseQuantity(text, dimension);
  return parsed.ok ? parsed.quantity : undefined;
}

/** A fact from a quantity inside a statement, or undefined where it is missing or refused. */
export function quantityFact(
  layered: Layered<AstNode>,
  text: string | undefined,
  dimension: Dimension,
): Fact<number> | undefined {
  const quantity = quantityOf(text, dimension);
  return quantity === undefined ? undefined : { value: quantity.value, origin: originOf(layered) };
}

/** A time above zero, in seconds, or undefined. */
export function positiveTime(layered: Layered<AstNode>, text: string | undefined): Fact<number> | undefined {
  const fact = quantityFact(layered, text, 'duration');
  return fact === undefined || fact.value <= 0 ? undefined : fact;
}

/** A whole number of at least `minimum`, or undefined. */
export function countFact(
  layered: Layered<AstNode>,
  text: string | undefined,
  minimum: number,
  maximum: number,
): Fact<number> | undefined {
  const fact = quantityFact(layered, text, 'count');
  return fact === undefined || fact.value < minimum || fact.value > maximum ? undefined : fact;
}

type Keyed = Extract<AnyStatement, { readonly key: string }>;

/** Layers, indexed once so that each question is a look-up. */
export class Layers {
  private readonly index = new Map<string, Layered<AnyStatement>[]>();

  constructor(layers: readonly Layer[]) {
    for (const layer of layers) {
      for (const node of layer.statements) {
        const found = { node, from: layer.from };
        this.add(node.$type, found);
        if (isKeyed(node)) this.add(`${node.$type} ${node.key}`, found);
      }
    }
  }

  /** All statements of a type, nearest layer first. */
  all<T extends AnyStatement>(is: (node: unknown) => node is T, type: T['$type']): readonly Layered<T>[] {
    const found: Layered<T>[] = [];
    for (const layered of this.index.get(type) ?? [])
      if (is(layered.node)) found.push({ node: layered.node, from: layered.from });
    return found;
  }

  /** The nearest statement of a type. */
  nearest<T extends AnyStatement>(is: (node: unknown) => node is T, type: T['$type']): Layered<T> | undefined {
    return this.all(is, type)[0];
  }

  /** The statements of the nearest layer that has any: what adds up inside a block and is replaced as a whole between layers. */
  nearestLayer<T extends AnyStatement>(is: (node: unknown) => node is T, type: T['$type']): readonly Layered<T>[] {
    const all = this.all(is, type);
    return all.filter((layered) => layered.from === all[0]?.from);
  }

  /** `KEY QUANTITY` of the nearest layer whose value can be read. */
  quantity(key: string, dimension: Dimension): Fact<number> | undefined {
    for (const layered of this.index.get(`Fact ${key}`) ?? []) {
      if (layered.node.$type !== 'Fact') continue;
      const fact = quantityFact(layered, layered.node.value, dimension);
      if (fact !== undefined) return fact;
    }
    return undefined;
  }

  /** The nearest `KEY QUANTITY`, whether or not it can be read. */
  nearestFact(key: string): Layered<FactNode> | undefined {
    const layered = this.index.get(`Fact ${key}`)?.[0];
    return layered?.node.$type === 'Fact' ? { node: layered.node, from: layered.from } : undefined;
  }

  /** The quantity after `to`: `cpu 0.5 to 1`. */
  upper(key: string, dimension: Dimension): Fact<number> | undefined {
    const layered = this.index.get(`Fact ${key}`)?.[0];
    return layered?.node.$type === 'Fact' ? quantityFact(layered, layered.node.upper, dimension) : undefined;
  }

  text(key: string): Fact<string> | undefined {
    const layered = this.index.get(`Text ${key}`)?.[0];
    return layered?.node.$type === 'Text' && layered.node.value !== undefined
      ? { value: layered.node.value, origin: originOf(layered) }
      : undefined;
  }

  words(key: string): readonly Fact<string>[] {
    const layered = this.index.get(`Words ${key}`)?.[0];
    if (layered?.node.$type !== 'Words') return [];
    const origin = originOf(layered);
    return layered.node.values.map((value) => ({ value, origin }));
  }

  word(key: string): Fact<string> | undefined {
    return this.words(key)[0];
  }

  versioned(key: string): Fact<{ readonly name: string; readonly version?: string }> | undefined {
    const layered = this.index.get(`Versioned ${key}`)?.[0];
    if (layered?.node.$type !== 'Versioned' || layered.node.value === undefined) return undefined;
    const { value: name, version } = layered.node;
    return { value: { name, ...(version === undefined ? {} : { version }) }, origin: originOf(layered) };
  }

  mark(key: string): Source | undefined {
    const layered = this.index.get(`Mark ${key}`)?.[0];
    return layered === undefined ? undefined : sourceAt(layered.node);
  }

  /**
   * Failure data. Of availability, mtbf and mttr any two give the third; the two nearest are taken, so that an availability written
   * in the block itself is not contradicted by an mtbf in a `defaults`.
   */
  failure(): FailureData | undefined {
    const unavailability = this.unavailability();
    const mtbf = positive(this.quantity('mtbf', 'duration'));
    const mttr = positive(this.quantity('mttr', 'duration'));
    const own = (fact: Fact<number> | undefined): boolean => fact?.origin.kind === 'stated';
    if (
      unavailability !== undefined &&
      (own(unavailability) || mtbf === undefined || mttr === undefined || !(own(mtbf) || own(mttr)))
    ) {
      const u = unavailability.value;
      const derived: Origin = { kind: 'derived', at: sourceOfOrigin(unavailability.origin) };
      if (mttr !== undefined)
        return { unavailability, mttr, ...(u > 0 ? { mtbf: { value: (mttr.value * (1 - u)) / u, origin: derived } } : {}) };
      if (mtbf !== undefined && u < 1)
        return { unavailability, mtbf, mttr: { value: (mtbf.value * u) / (1 - u), origin: derived } };
      return { unavailability };
    }
    if (mtbf !== undefined && mttr !== undefined) {
      const origin: Origin = { kind: 'derived', at: sourceOfOrigin(own(mtbf) ? mtbf.origin : mttr.origin) };
      return { unavailability: { value: mttr.value / (mtbf.value + mttr.value), origin }, mtbf, mttr };
    }
    return undefined;
  }

  private unavailability(): Fact<number> | undefined {
    const down = this.quantity('unavailability', 'probability');
    const up = this.quantity('availability', 'probability');
    if (up === undefined) return down;
    const complement: Fact<number> = { value: this.complement('availability') ?? 1 - up.value, origin: up.origin };
    return down !== undefined && down.origin.kind === 'stated' ? down : complement;
  }

  /** 1 − availability from its digits: 99.95% gives 0.0005 itself and not 0.0005000000000000004. */
  private complement(key: string): number | undefined {
    const layered = this.index.get(`Fact ${key}`)?.[0];
    return layered?.node.$type === 'Fact' ? exactComplement(layered.node.value) : undefined;
  }

  private add(key: string, layered: Layered<AnyStatement>): void {
    const list = this.index.get(key);
    if (list === undefined) this.index.set(key, [layered]);
    else list.push(layered);
  }
}

/** 1 − p of a decimal text such as `99.95%` or `0.9995`, without the rounding error of a subtraction; undefined for other texts. */
export function exactComplement(text: string): number | undefined {
  const match = /^(\d+)(?:\.(\d+))?(%?)$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', fraction = '', percent] = match;
  const scale = fraction.length + (percent === '%' ? 2 : 0);
  const rest = 10n ** BigInt(scale) - BigInt(whole + fraction);
  return rest < 0n ? undefined : Number(`${rest}e-${scale}`);
}

function isKeyed(node: AnyStatement): node is Keyed {
  return 'key' in node && typeof node.key === 'string';
}

function positive(fact: Fact<number> | undefined): Fact<number> | undefined {
  return fact !== undefined && fact.value > 0 ? fact : undefined;
}

function sourceOfOrigin(origin: Origin): Source {
  return origin.kind === 'assumed' ? { uri: '', start: 0, end: 0 } : origin.at;
}
