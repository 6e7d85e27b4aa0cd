/** What is proposed while somebody types, as one part that is loaded on demand. */
export { SignatureHints } from '../signature-help.js';
export { Completion } from './completion.js';
