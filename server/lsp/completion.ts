import {
  type AstNode,
  type AstNodeDescription,
  type AstReflection,
  AstUtils,
  GrammarAST,
  type LangiumDocument,
  type ReferenceInfo,
  type Stream,
  stream,
} from 'langium';
import { type CompletionAcceptor, type CompletionContext, DefaultCompletionProvider, type LangiumServices } from 'langium/lsp';
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionList,
  type CompletionParams,
  InsertTextFormat,
} from 'vscode-languageserver';
import { isComponent, isCopiesTo, isEdge, isJourney } from '../../language/generated/ast.js';
import { entriesOf, type KeyEntry, keyIn, type Place } from '../../language/syntax/keys.js';
import { snippetsOf } from './completion-snippets.js';
import { blockAround, blockAt, placeOf } from './places.js';
import { proposeValues } from './value-completion.js';

/** Words that always come together, offered as one item: rule of the grammar and first word. */
const phrases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Edge: { any: 'any of', in: 'in same region', best: 'best effort' },
  Recovers: { any: 'any of' },
  Runs: { hot: 'hot standby', warm: 'warm standby', cold: 'cold standby', pilot: 'pilot light' },
  Repairs: { at: 'at once' },
  Tolerates: { failed: 'failed runs' },
};

/** Words that go on after their first and are no phrase of the key table. */
const keyPhrases: Readonly<Record<string, string>> = {
  publishes: 'publishes to',
  consumes: 'consumes from',
  recovers: 'recovers after',
  rebuilds: 'rebuilds from',
  agrees: 'agrees with',
  managed: 'managed by',
  copies: 'copies to',
};

/** Langium's completion, which follows the grammar, narrowed by the key table to what may stand in the block, and completed by values. */
export class Completion extends DefaultCompletionProvider {
  override readonly completionOptions = { triggerCharacters: ['.', ' '] };

  private readonly types: AstReflection;
  /** The block the request asks in, kept while its items are collected; requests are collected one after the other. */
  private block: { readonly node: AstNode; readonly place: Place } | undefined;

  constructor(services: LangiumServices) {
    super(services);
    this.types = services.shared.AstReflection;
  }

  override async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList | undefined> {
    const text = document.textDocument;
    const offset = text.offsetAt(params.position);
    const node = blockAt(document, offset);
    this.block = node === undefined ? undefined : blockAround(node);
    const lineStart = { line: params.position.line, character: 0 };
    const lineBefore = text.getText({ start: lineStart, end: params.position });
    if (insideTextOrComment(lineBefore)) return CompletionList.create([], false);
    const values = proposeValues(this.block?.place, lineBefore).map(
      ({ label, from, detail }): CompletionItem => ({
        label,
        kind: CompletionItemKind.Value,
        detail,
        sortText: '0',
        filterText: label,
        textEdit: { range: { start: { line: params.position.line, character: from }, end: params.position }, newText: label },
      }),
    );
    if (values.length > 0) return CompletionList.create(values, false);
    // After a number only a unit or the next statement makes sense, and the next statement starts after a blank.
    if (/\d$/.test(lineBefore)) return CompletionList.create([], false);
    const followed = await super.getCompletion(document, params);
    const items = followed?.items ?? [];
    // A blank asks too often to answer with everything: names and words only, and only where something is expected.
    if (params.context?.triggerCharacter === ' ' && atStatementStart(lineBefore)) return CompletionList.create([], false);
    const snippets = atStatementStart(lineBefore) ? snippetsOf(this.block?.place ?? 'file') : [];
    return CompletionList.create(
      [...items, ...snippets.map(({ label, detail, body }) => snippetItem(label, detail, body))],
      false,
    );
  }

  protected override completionForKeyword(
    context: CompletionContext,
    keyword: GrammarAST.Keyword,
    acceptor: CompletionAcceptor,
  ): void {
    if (!/\p{L}/u.test(keyword.value)) return;
    const entry = startsStatement(keyword) ? this.entryHere(keyword.value) : undefined;
    if (entry === 'elsewhere') return;
    const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)?.name ?? '';
    const label =
      entry === undefined ? (phrases[rule]?.[keyword.value] ?? keyword.value) : (keyPhrases[entry.key] ?? entry.phrase);
    const written = entry !== undefined && !entry.repeats && this.isWritten(entry.key);
    acceptor(context, {
      label,
      kind: CompletionItemKind.Keyword,
      ...(entry === undefined
        ? {}
        : { documentation: { kind: 'markdown', value: `${entry.meaning}\n\n\`\`\`drml\n${entry.example}\n\`\`\`` } }),
      // What goes on with the statement comes before what begins the next one.
      sortText: written ? '3' : entry === undefined ? '0' : '1',
    });
  }

  protected override getReferenceCandidates(info: ReferenceInfo, context: CompletionContext): Stream<AstNodeDescription> {
    if (info.property === 'zone') return this.zones(info, context);
    const expected = this.types.getReferenceType(info);
    const owner = AstUtils.getContainerOfType(context.node, (node): node is AstNode => isComponent(node) || isJourney(node));
    return super
      .getReferenceCandidates(info, context)
      .filter((candidate) => this.types.isSubtype(candidate.type, expected))
      .filter((candidate) => candidate.node === undefined || candidate.node !== owner)
      .filter((candidate) => fitsEdge(info, candidate));
  }

  /** Zones of the region that is written before. A statement that is being typed often has no tree yet: then the text tells the region. */
  private zones(info: ReferenceInfo, context: CompletionContext): Stream<AstNodeDescription> {
    // Asking a stream whether it is empty takes its first element, so the candidates are listed.
    const known = super.getReferenceCandidates(info, context).toArray();
    if (known.length > 0) return stream(known);
    const before = context.textDocument.getText().slice(0, context.tokenOffset);
    const name = /([A-Za-z][\w-]*)(?:\.|\s+zones\s+(?:[\w-]+\s*,\s*)*)$/.exec(before)?.[1];
    const container = { $type: 'SiteReference', $container: info.container } as AstNode;
    const regions = this.scopeProvider.getScope({ ...info, container, property: 'region' });
    const region = name === undefined ? undefined : regions.getElement(name)?.node;
    if (region === undefined) return stream(known);
    const reference = { $refText: name ?? '', ref: region };
    const site = { $type: 'SiteReference', $container: info.container, region: reference } as AstNode;
    return super.getReferenceCandidates({ ...info, container: site }, context);
  }

  /** The entry of a key in the block of the request; 'elsewhere' where the table knows the key, but not here. */
  private entryHere(key: string): KeyEntry | 'elsewhere' | undefined {
    const place = this.block?.place;
    if (place === undefined) return entriesOf(key)[0];
    return keyIn(place, key) ?? (entriesOf(key).length > 0 ? 'elsewhere' : undefined);
  }

  private isWritten(key: string): boolean {
    const node = this.block?.node;
    if (node?.$cstNode === undefined || placeOf(node) === 'file') return false;
    return AstUtils.streamContents(node).some((child) => child.$cstNode?.text.split(/\s/, 1)[0] === key);
  }
}

/** Whether a keyword is the first word of a statement's rule: what comes before it in the rule is nothing. */
function startsStatement(keyword: GrammarAST.Keyword): boolean {
  let child: AstNode = keyword;
  for (let parent = keyword.$container as AstNode | undefined; parent !== undefined; parent = parent.$container) {
    if (GrammarAST.isParserRule(parent)) return true;
    if (GrammarAST.isGroup(parent)) {
      const first = parent.elements.find((element) => !GrammarAST.isAction(element));
      if (first !== child) return false;
    }
    child = parent;
  }
  return false;
}

/** What may be copied to is a bucket; journeys are required by journeys only. */
function fitsEdge(info: ReferenceInfo, candidate: AstNodeDescription): boolean {
  const owner = info.container.$container;
  const kind = candidate.node !== undefined && isComponent(candidate.node) ? candidate.node.kind : undefined;
  if (isCopiesTo(owner)) return kind === undefined ? candidate.type === 'Component' : kind === 'bucket';
  if (isEdge(owner) || owner?.$type === 'Edge') {
    if (info.container.$containerProperty === 'journeys') return candidate.type === 'Journey';
    if (candidate.type === 'Region') return false;
    const statement = isEdge(owner) ? owner : undefined;
    if (statement?.kind === 'publishes' || statement?.kind === 'consumes') {
      return candidate.type === 'Component' && (kind === undefined || kind === 'queue');
    }
    return candidate.type !== 'Journey' || AstUtils.getContainerOfType(owner, isJourney) !== undefined;
  }
  return true;
}

function atStatementStart(lineBefore: string): boolean {
  return /(^|[{}])\s*[\w-]*$/.test(lineBefore);
}

function insideTextOrComment(lineBefore: string): boolean {
  const bare = lineBefore.replace(/"(?:\\.|[^"\\])*"/g, '""');
  return bare.includes('//') || (bare.match(/"/g)?.length ?? 0) % 2 === 1;
}

function snippetItem(label: string, detail: string, body: string): CompletionItem {
  return {
    label,
    kind: CompletionItemKind.Snippet,
    detail,
    insertText: body,
    insertTextFormat: InsertTextFormat.Snippet,
    sortText: '2',
  };
}
