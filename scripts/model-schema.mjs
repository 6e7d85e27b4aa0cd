// Writes docs/model.schema.json, docs/analysis.schema.json and docs/check.schema.json from the types that `drml model`, `drml analyze` and
// `drml check` print, so that the schemas cannot drift from them. `--check` writes nothing and fails where a schema is not up to date.
//
// It reads the part of TypeScript that these types are written in: interfaces, unions, intersections, arrays, literals and generics.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const sources = [
  'language/model/fact.ts',
  'language/model/acceptance.ts',
  'language/model/model.ts',
  'language/model/data.ts',
  'language/model/deployment.ts',
  'language/model/scenario.ts',
  ...[
    'figure-report',
    'recovery-report',
    'subject-report',
    'scenario-report',
    'capacity-report',
    'call-report',
    'money-report',
    'assumption-report',
    'analysis-report',
  ].map((name) => `language/analysis/report/${name}.ts`),
  'server/cli/check-reports/problems-report.ts',
];

const schemas = [
  {
    file: 'docs/model.schema.json',
    type: 'Model',
    title: 'DRML model',
    description:
      'What `drml model PATH --format json` prints: names resolved, SI units (seconds, bytes, requests a second, shares 0..1), a source range on every fact. Of several roots: an object with `models`.',
  },
  {
    file: 'docs/analysis.schema.json',
    type: 'AnalysisReport',
    title: 'DRML analysis',
    several: 'FolderReport',
    description:
      'What `drml analyze PATH --format json` prints: the figures of every journey and component, scenarios, capacity, calls, costs and durability. Of a folder with several roots: an object with `roots`.',
  },
  {
    file: 'docs/check.schema.json',
    type: 'ProblemsReport',
    isAlone: true,
    title: 'DRML check',
    description:
      'What `drml check PATH --format json` prints: problems of the language and findings of the rules, with their places, fixes and gains.',
  },
];

const token = /\s+|\/\/[^\n]*|(\/\*[\s\S]*?\*\/)|('[^']*')|([A-Za-z_][A-Za-z0-9_]*)|([{}[\]()<>|&;:?,=])/gy;

/** Text of `export interface` and `export type` declarations by name: `{ kind, text, doc }`. */
function declarations() {
  const found = new Map();
  for (const source of sources) {
    const text = readFileSync(join(root, source), 'utf8');
    for (const match of text.matchAll(/(?:^\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export (interface|type) ([A-Z]\w*)/gm)) {
      const [whole, doc, kind, name] = match;
      if (found.has(name)) throw new Error(`${name} is declared twice: ${source}`);
      found.set(name, { kind, doc: plain(doc), text: text.slice(match.index + whole.length) });
    }
  }
  return found;
}

/** A documentation comment as one line. */
function plain(doc) {
  if (doc === undefined) return undefined;
  const text = doc
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\{@link (\w+)\}/g, '$1')
    .replaceAll('\u200d', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : text;
}

/** Reads type expressions from the start of a text. */
class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.doc = undefined;
    this.next();
  }

  next() {
    for (;;) {
      token.lastIndex = this.at;
      const match = token.exec(this.text);
      if (match === null) {
        // What cannot be read follows the declaration: functions, numbers. A declaration that ends here is an error of `expect`.
        this.token = '';
        return;
      }
      this.at = token.lastIndex;
      const [whole, comment, literal, word, sign] = match;
      if (comment?.startsWith('/**')) this.doc = plain(comment.slice(3, -2));
      if (literal === undefined && word === undefined && sign === undefined) continue;
      this.token = whole;
      return;
    }
  }

  take(expected) {
    if (this.token !== expected) return false;
    this.next();
    return true;
  }

  expect(expected) {
    if (!this.take(expected)) throw new Error(`Expected ${expected}, found ${this.token}`);
  }

  word() {
    const { token: word } = this;
    this.next();
    return word;
  }

  union() {
    this.take('|');
    const members = [this.intersection()];
    while (this.take('|')) members.push(this.intersection());
    return members.length === 1 ? members[0] : { kind: 'union', members };
  }

  intersection() {
    const members = [this.postfix()];
    while (this.take('&')) members.push(this.postfix());
    return members.length === 1 ? members[0] : { kind: 'intersection', members };
  }

  postfix() {
    this.take('readonly');
    let type = this.primary();
    while (this.token === '[') {
      this.next();
      this.expect(']');
      type = { kind: 'array', of: type };
    }
    return type;
  }

  primary() {
    if (this.token === '{') return this.object();
    if (this.take('(')) {
      const inner = this.union();
      this.expect(')');
      return inner;
    }
    const word = this.word();
    if (!/^['\w]/.test(word)) throw new Error(`Expected a type, found ${word === '' ? 'what cannot be read' : word}`);
    if (word.startsWith("'")) return { kind: 'literal', value: word.slice(1, -1) };
    if (!this.take('<')) return { kind: 'name', name: word, args: [] };
    const args = [this.union()];
    while (this.take(',')) args.push(this.union());
    this.expect('>');
    return { kind: 'name', name: word, args };
  }

  object() {
    this.doc = undefined;
    this.expect('{');
    const properties = [];
    let index;
    while (this.token !== '}') {
      this.take('readonly');
      const { doc } = this;
      this.doc = undefined;
      if (this.take('[')) {
        while (!this.take(']')) this.next();
        this.expect(':');
        index = this.union();
      } else {
        const name = this.word();
        const optional = this.take('?');
        this.expect(':');
        properties.push({ name, optional, doc, type: this.union() });
      }
      if (!this.take(';') && this.token !== '}') throw new Error(`Expected ; or }, found ${this.token}`);
    }
    this.next();
    return { kind: 'object', properties, index };
  }
}

const declared = declarations();
const simple = new Set(['string', 'number', 'boolean']);

/** Schemas of the types a root refers to. */
class Writer {
  defs = {};

  schema(type, scope = new Map()) {
    switch (type.kind) {
      case 'literal':
        return { const: type.value };
      case 'array':
        return { type: 'array', items: this.schema(type.of, scope) };
      case 'object':
        return this.object(type, scope);
      case 'intersection':
        return this.intersection(type, scope);
      case 'union':
        return this.union(type.members, scope);
      case 'name':
        return this.named(type, scope);
      default:
        throw new Error(`Unknown type: ${JSON.stringify(type)}`);
    }
  }

  union(all, scope) {
    const members = all.filter((member) => member.name !== 'undefined');
    if (members.length === 1) return this.schema(members[0], scope);
    const given = members.filter((member) => member.name !== 'null');
    if (given.length < members.length) {
      const schema = this.union(given, scope);
      return typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
    }
    if (members.every(({ kind }) => kind === 'literal')) return { enum: members.map(({ value }) => value) };
    return { anyOf: members.map((member) => this.schema(member, scope)) };
  }

  object({ properties, index }, scope) {
    const required = properties.filter(({ optional, type }) => !optional && !mayBeUndefined(type)).map(({ name }) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(
        properties.map(({ name, type, doc }) => [
          name,
          { ...(doc === undefined ? {} : { description: doc }), ...this.schema(type, scope) },
        ]),
      ),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: index === undefined ? false : this.schema(index, scope),
    };
  }

  /** Every member of a union with the properties of all other parts. */
  intersection({ members }, scope) {
    let combined = [{ kind: 'object', properties: [], index: undefined }];
    for (const member of members) {
      const choices = member.kind === 'union' ? member.members : [member];
      combined = combined.flatMap((left) =>
        choices.map((right) => ({ kind: 'object', properties: [...left.properties, ...right.properties], index: undefined })),
      );
    }
    return combined.length === 1 ? this.schema(combined[0], scope) : { anyOf: combined.map((each) => this.schema(each, scope)) };
  }

  named({ name, args }, scope) {
    const bound = scope.get(name);
    if (bound !== undefined) return bound;
    if (simple.has(name)) return { type: name };
    if (name === 'true') return { const: true };
    const key =
      args.length === 0 ? name : `${name} of ${args.map(({ kind, name: of }) => (kind === 'name' ? of : kind)).join(', ')}`;
    const inner = args.map((arg) => this.schema(arg, scope));
    if (args.some(({ kind }) => kind !== 'name')) return this.declaration(name, inner);
    if (this.defs[key] === undefined) {
      this.defs[key] = {};
      this.defs[key] = this.declaration(name, inner);
    }
    return { $ref: `#/$defs/${key.replaceAll(' ', '%20')}` };
  }

  declaration(name, args) {
    const found = declared.get(name);
    if (found === undefined) throw new Error(`${name} is not declared in ${sources.join(', ')}`);
    const reader = new Reader(found.text);
    const scope = new Map();
    if (reader.take('<')) {
      scope.set(reader.word(), args[0]);
      reader.expect('>');
    }
    let type;
    if (found.kind === 'type') {
      reader.expect('=');
      type = reader.union();
    } else {
      const parents = reader.take('extends') ? [reader.word()] : [];
      type = reader.object();
      for (const parent of parents) type = { ...type, properties: [...this.propertiesOf(parent), ...type.properties] };
    }
    return { ...(found.doc === undefined ? {} : { description: found.doc }), ...this.schema(type, scope) };
  }

  propertiesOf(name) {
    const reader = new Reader(declared.get(name).text);
    const parents = reader.take('extends') ? [reader.word()] : [];
    const { properties } = reader.object();
    return [...parents.flatMap((parent) => this.propertiesOf(parent)), ...properties];
  }
}

/** Several models, each as it is alone. */
function listOf(one) {
  return {
    type: 'object',
    properties: { models: { type: 'array', items: one } },
    required: ['models'],
    additionalProperties: false,
  };
}

function mayBeUndefined(type) {
  return type.kind === 'union' && type.members.some(({ name }) => name === 'undefined');
}

const stale = [];
for (const { file, type, several, isAlone = false, title, description } of schemas) {
  const writer = new Writer();
  const one = writer.schema({ kind: 'name', name: type, args: [] });
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description,
    anyOf: [
      one,
      ...(isAlone ? [] : [several === undefined ? listOf(one) : writer.schema({ kind: 'name', name: several, args: [] })]),
    ],
    $defs: Object.fromEntries(Object.entries(writer.defs).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  const path = join(root, file);
  if (readIfThere(path) === text) continue;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Not up to date; run node scripts/model-schema.mjs:\n${stale.join('\n')}`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'The schemas are up to date.' : `Wrote ${stale.join(', ')}.`);

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
