/** Disks: how many an array needs, and shards that leave something to lose. */
import { countOf } from './amounts.js';
import type { Block } from './blocks.js';
import { counted } from './phrases.js';
import { type Report, spanOf, spanOfProperty } from './problem.js';

/** The fewest disks that an array can be made of. */
const fewestDisks: ReadonlyMap<string, number> = new Map([
  ['raid0', 2],
  ['raid1', 2],
  ['raid5', 3],
  ['raid6', 4],
  ['raid10', 4],
]);

/** Reports arrays of too few disks and erasure codes without data or parity. */
export function checkStorage(block: Block, report: Report): void {
  const storage = block.statements.find((statement) => statement.$type === 'Storage');
  if (storage?.$type !== 'Storage') return;
  const [data, parity] = (storage.code ?? '').split('+').map(Number);
  if (storage.storage === 'erasure' && storage.code !== undefined && (data === 0 || parity === 0)) {
    report({
      severity: 'error',
      code: 'syntax/erasure-code',
      message: `\`${storage.code}\` has no ${data === 0 ? 'data' : 'parity'} shards; an erasure code has both, such as \`4+2\`.`,
      at: spanOfProperty(storage, 'code'),
    });
  }
  const fewest = fewestDisks.get(storage.storage);
  const disks = block.statements.find((statement) => statement.$type === 'Fact' && statement.key === 'disks');
  if (fewest === undefined || disks?.$type !== 'Fact') return;
  const count = countOf(disks.value);
  if (count === undefined || count < 1 || count >= fewest) return;
  const at = spanOfProperty(disks, 'value');
  report({
    severity: 'error',
    code: 'syntax/disks',
    message: `\`${storage.storage}\` takes ${fewest} disks or more, found ${counted(count, 'disk')}.`,
    at,
    fix: { title: `Change to \`disks ${fewest}\``, ...at, text: String(fewest) },
    related: { node: storage, at: spanOf(storage), message: 'The array.' },
  });
}
