/**
 * Messages as bytes. A large file has thousands of findings, and every keystroke sends all of them again: their bytes are made once for each
 * list and go out as often as the list does.
 */
import type { ContentTypeEncoderOptions, Diagnostic, Message, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { partsOf } from './published-sets.js';

const method = 'textDocument/publishDiagnostics';
/** Shorter lists are not worth keeping. */
const worthKeeping = 50;
/** Room for what stands before the list in a message, in bytes: the file's name, and a few diagnostics that change with every keystroke. */
const headRoom = 8_192;
/** What stands behind the list. */
const tail = ']}}';

/** The bytes of a list with room around them, so that a message is written where they lie and no copy is made. */
const framed = new WeakMap<readonly Diagnostic[], Buffer>();

/**
 * The encoder of a writer of messages: JSON, as everybody writes it. What it answers is good until the next message is asked for: a writer
 * asks for it when the one before has gone out.
 */
export const messageEncoder = {
  name: 'application/json',
  encode: async (message: Message, { charset }: ContentTypeEncoderOptions): Promise<Uint8Array> =>
    (isPublication(message) ? publicationBytes(message, charset) : undefined) ?? Buffer.from(JSON.stringify(message), charset),
};

interface Publication extends Message {
  readonly params: PublishDiagnosticsParams;
}

function isPublication(message: Message): message is Publication {
  return 'method' in message && message.method === method && 'params' in message;
}

/** Undefined where there is no list worth keeping, or too much stands before it. */
function publicationBytes({ params, ...envelope }: Publication, charset: BufferEncoding): Uint8Array | undefined {
  const { diagnostics, ...rest } = params;
  const lists = partsOf(diagnostics);
  const kept = lists.at(-1);
  if (kept === undefined || kept.length < worthKeeping) return undefined;
  const others = lists.slice(0, -1).flat();
  // The diagnostics are the last thing in the message.
  const whole = JSON.stringify({ ...envelope, params: { ...rest, diagnostics: others } });
  const head = whole.slice(0, -tail.length) + (others.length === 0 ? '' : ',');
  const headBytes = Buffer.byteLength(head, charset);
  if (headBytes > headRoom) return undefined;
  const frame = frameOf(kept, charset);
  frame.write(head, headRoom - headBytes, charset);
  return frame.subarray(headRoom - headBytes);
}

/** The room, the diagnostics of the list with commas between them, and what ends the message. */
function frameOf(list: readonly Diagnostic[], charset: BufferEncoding): Buffer {
  const known = framed.get(list);
  if (known !== undefined) return known;
  const text = JSON.stringify(list).slice(1, -1) + tail;
  const frame = Buffer.alloc(headRoom + Buffer.byteLength(text, charset));
  frame.write(text, headRoom, charset);
  framed.set(list, frame);
  return frame;
}
