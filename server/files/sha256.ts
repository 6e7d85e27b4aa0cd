/** SHA-256 of bytes as 64 hexadecimal digits, in Node and in a browser worker alike. */
export async function sha256(content: Uint8Array): Promise<string> {
  // A copy of its own: the bytes of a small file may be a piece of a larger, shared buffer.
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
