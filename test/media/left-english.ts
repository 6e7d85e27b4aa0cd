/** What is left in English of texts that should be Chinese. */
import messages from '../../l10n/messages.zh-cn.json' with { type: 'json' };
import picture from '../../l10n/picture.zh-cn.json' with { type: 'json' };

/** What the page of a Chinese editor carries. */
export const chinese: Readonly<Record<string, string>> = { ...messages, ...picture };

/** Terms of the field, units, keys, formats and words of the language, which Chinese texts have as well. */
const terms =
  /\b(?:SPOF|RTO|RPO|DNS|TTL|SVG|PNG|HTML|CSV|Markdown|Mermaid|D2|Alt|Shift|Tab|Enter|Esc|Escape|DRML|DR\d+|min|ms|yr|GiB|MiB|TiB|KiB|failover|detect|switch|provision|within|readiness|probe|after|evicts|corruption|found|promote|decide|size|replicates|restores at|takes|copies to|full)\b/g;

/** A text without names and terms has no English word in it; what it has is answered. */
export function leftEnglish(text: string, names: readonly string[]): string | undefined {
  // A name that was cut to its room is a name.
  const cut = text.endsWith('…') ? text.slice(0, -1).trimEnd() : undefined;
  if (cut !== undefined && names.some((name) => name.startsWith(cut))) return undefined;
  let rest = text
    .replace(/\S+…/g, (end) => (names.some((name) => name.startsWith(end.slice(0, -1))) ? ' ' : end))
    .replace(/`[^`]*`|"[^"]*"/g, ' ');
  // Long names first: one may be a part of another.
  for (const name of [...names].sort((a, b) => b.length - a.length)) if (name !== '') rest = rest.replaceAll(name, ' ');
  rest = rest.replace(terms, ' ');
  return /[A-Za-z]{3,}/.test(rest) ? text : undefined;
}
