import {
  type CodeAction,
  type CodeLens,
  type Command,
  type Connection,
  type Diagnostic,
  type Hover,
  type InlayHint,
  MarkupContent,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver';
import { type MessageTable, Translation } from '../../language/translation/translation.js';
import { type ManifestCheckResult, manifestCheckRequest } from './protocol.js';

type Handler = (...parameters: readonly unknown[]) => unknown;

/**
 * The connection with what people read turned into their language: findings, lines above declarations, hints and titles of actions. The
 * client brings the table (`initializationOptions.messages`), so that nobody else carries it; without one nothing changes.
 */
export function localizing(connection: Connection): Connection {
  let translation: Translation | undefined;
  const text = (english: string): string => translation?.of(english) ?? english;
  const mapping = (register: Handler, map: (result: unknown) => unknown) => (handler: Handler) =>
    register(async (...parameters: readonly unknown[]) => {
      const result: unknown = await handler(...parameters);
      return translation === undefined ? result : map(result);
    });
  const each =
    <T>(map: (item: T) => T) =>
    (result: unknown): unknown =>
      Array.isArray(result) ? result.map(map) : result;
  // The client sends findings back as it was given them; what compares them knows the English ones.
  const actions = (handler: Handler) =>
    connection.onCodeAction(async (params, ...more) => {
      if (translation === undefined) return (await handler(params, ...more)) as never;
      const before = params.context.diagnostics.map((item) =>
        diagnosticOf(item, (shown) => translation?.english(shown) ?? shown),
      );
      const context = { ...params.context, diagnostics: before };
      return each((item: CodeAction) => actionOf(item, text))(await handler({ ...params, context }, ...more)) as never;
    });
  const lens = (item: CodeLens): CodeLens =>
    item.command === undefined ? item : { ...item, command: lineOf(item.command, text) };

  const replaced = new Map<string | symbol, unknown>([
    [
      'onInitialize',
      (handler: Handler) =>
        connection.onInitialize(async (params, ...more) => {
          const table = tableOf(params.initializationOptions);
          if (table !== undefined) translation = new Translation(table);
          return (await handler(params, ...more)) as never;
        }),
    ],
    [
      'sendDiagnostics',
      (params: PublishDiagnosticsParams) =>
        connection.sendDiagnostics(
          translation === undefined
            ? params
            : { ...params, diagnostics: params.diagnostics.map((item) => diagnosticOf(item, text)) },
        ),
    ],
    [
      'onRequest',
      (method: unknown, ...handlers: readonly Handler[]) => {
        const [handler] = handlers;
        const register = connection.onRequest.bind(connection) as Handler;
        if (method !== manifestCheckRequest || handler === undefined) return register(method, ...handlers);
        return register(method, async (...parameters: readonly unknown[]) => {
          const result = (await handler(...parameters)) as ManifestCheckResult;
          return translation === undefined ? result : judgedOf(result, text);
        });
      },
    ],
    ['onCodeLens', mapping(connection.onCodeLens.bind(connection) as Handler, each(lens))],
    ['onCodeLensResolve', mapping(connection.onCodeLensResolve.bind(connection) as Handler, (item) => lens(item as CodeLens))],
    ['onCodeAction', actions],
    ['onHover', mapping(connection.onHover.bind(connection) as Handler, (item) => hoverOf(item as Hover | null, text))],
  ]);
  const hints = connection.languages.inlayHint;
  const localizedHints = proxied(
    hints,
    new Map([
      [
        'on',
        mapping(
          hints.on.bind(hints) as Handler,
          each((item: InlayHint) => hintOf(item, text)),
        ),
      ],
    ]),
  );
  replaced.set('languages', proxied(connection.languages, new Map([['inlayHint', localizedHints]])));
  return proxied(connection, replaced);
}

function proxied<T extends object>(target: T, replaced: ReadonlyMap<string | symbol, unknown>): T {
  return new Proxy(target, {
    get: (_, key) => {
      if (replaced.has(key)) return replaced.get(key);
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function tableOf(options: unknown): MessageTable | undefined {
  if (typeof options !== 'object' || options === null || !('messages' in options)) return undefined;
  const { messages } = options;
  if (typeof messages !== 'object' || messages === null) return undefined;
  return Object.fromEntries(Object.entries(messages).filter(([, translated]) => typeof translated === 'string'));
}

function diagnosticOf(item: Diagnostic, text: (english: string) => string): Diagnostic {
  const related = item.relatedInformation?.map((one) => ({ ...one, message: text(one.message) }));
  // Newer protocols allow Markdown there; DRML writes plain text.
  const message = typeof item.message === 'string' ? text(item.message) : item.message;
  return { ...item, message, ...(related === undefined ? {} : { relatedInformation: related }) };
}

function judgedOf({ files, problem }: ManifestCheckResult, text: (english: string) => string): ManifestCheckResult {
  return {
    files: files.map(({ uri, findings }) => ({
      uri,
      findings: findings.map((finding) => ({
        ...finding,
        message: text(finding.message),
        related: finding.related.map((one) => ({ ...one, message: text(one.message) })),
        fixes: finding.fixes.map((fix) => ({ ...fix, title: text(fix.title) })),
      })),
    })),
    ...(problem === undefined ? {} : { problem: text(problem) }),
  };
}

/** A hover line by line, and the rows of its tables cell by cell; code stays as it is. */
function hoverOf(item: Hover | null, text: (english: string) => string): Hover | null {
  if (item === null || item === undefined || !MarkupContent.is(item.contents)) return item;
  let code = false;
  const lines = item.contents.value.split('\n').map((line) => {
    if (line.startsWith('```')) code = !code;
    if (code) return line;
    if (line.startsWith('| '))
      return line
        .split(' | ')
        .map((cell) => cellOf(cell, text))
        .join(' | ');
    const [, bullet = '', words = ''] = /^(\s*(?:- )?)(.*)$/s.exec(line) ?? [];
    return bullet + text(words);
  });
  return { ...item, contents: { ...item.contents, value: lines.join('\n') } };
}

/** The first and the last cell of a row carry its borders. */
function cellOf(cell: string, text: (english: string) => string): string {
  const [, before = '', words = '', after = ''] = /^((?:\| )?)(.*?)((?: \|)?)$/s.exec(cell) ?? [];
  return before + text(words) + after;
}

/** A line of several parts, each of which has words of its own. */
function lineOf(command: Command, text: (english: string) => string): Command {
  return { ...command, title: command.title.split(' \u00b7 ').map(text).join(' \u00b7 ') };
}

function actionOf(item: CodeAction, text: (english: string) => string): CodeAction {
  const disabled = item.disabled === undefined ? {} : { disabled: { reason: text(item.disabled.reason) } };
  const diagnostics = item.diagnostics?.map((one) => diagnosticOf(one, text));
  // What a fix gains stands behind its title, in numbers.
  const [, title = item.title, gain = ''] = /^(.*?)(: \S+ \S+ \u2192 \S+)$/s.exec(item.title) ?? [];
  return { ...item, title: text(title) + gain, ...disabled, ...(diagnostics === undefined ? {} : { diagnostics }) };
}

function hintOf(item: InlayHint, text: (english: string) => string): InlayHint {
  const tooltip = typeof item.tooltip === 'string' ? { tooltip: text(item.tooltip) } : {};
  return { ...item, ...(typeof item.label === 'string' ? { label: text(item.label) } : {}), ...tooltip };
}
