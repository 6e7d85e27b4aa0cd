/**
 * Messages as bytes. A large file has thousands of findings, and every keystroke sends all of them again: their bytes are made once for each
 * list and go out as often as the list does.
 */
import type { ContentTypeEncoderOptions, Diagnostic, Message, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { partsOf } from './published-sets.js';

const method = 'textDocument/publishDiagnostics';
/** Shorter lists are not worth keeping. */
const worthKeeping = 50;

const bytesOf = new WeakMap<readonly Diagnostic[], Buffer>();

/** The encoder of a writer of messages: JSON, as everybody writes it. */
export const messageEncoder = {
  name: 'application/json',
  encode: async (message: Message, { charset }: ContentTypeEncoderOptions): Promise<Uint8Array> =>
    isPublication(message) ? publicationBytes(message, charset) : Buffer.from(JSON.stringify(message), charset),
};

interface Publication extends Message {
  readonly params: PublishDiagnosticsParams;
}

function isPublication(message: Message): message is Publication {
  return 'method' in message && message.method === method && 'params' in message;
}

function publicationBytes({ params, ...envelope }: Publication, charset: BufferEncoding): Uint8Array {
  const { diagnostics, ...rest } = params;
  const around = JSON.stringify({ ...envelope, params: { ...rest, diagnostics: [] } });
  const lists = partsOf(diagnostics).filter((list) => list.length > 0);
  const comma = Buffer.from(',', charset);
  const inside = lists.flatMap((list, index) => (index === 0 ? [listBytes(list, charset)] : [comma, listBytes(list, charset)]));
  // The empty list is the last thing in the message: `[]}}`.
  const end = -']}}'.length;
  return Buffer.concat([Buffer.from(around.slice(0, end), charset), ...inside, Buffer.from(around.slice(end), charset)]);
}

/** The diagnostics of a list with commas between them. */
function listBytes(list: readonly Diagnostic[], charset: BufferEncoding): Buffer {
  const known = bytesOf.get(list);
  if (known !== undefined) return known;
  const bytes = Buffer.from(JSON.stringify(list).slice(1, -1), charset);
  if (list.length >= worthKeeping) bytesOf.set(list, bytes);
  return bytes;
}
