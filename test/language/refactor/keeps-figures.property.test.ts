/** Whatever is refactored in the examples without the wish to change the design: the same figures, the same comments, no new problem. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Files, parseFiles } from '../model-of.js';
import { after, commentsOf, figuresOf, offeredAt, placesOf, problemsOf, unformatted } from './refactored.js';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));

/** The files of an example, its root first. */
function filesOf(folder: string): Files {
  const names = readdirSync(join(examples, folder)).filter((name) => name.endsWith('.drml'));
  const root = names.find((name) => readFileSync(join(examples, folder, name), 'utf8').includes('\nmodel ')) ?? names[0] ?? '';
  const ordered = [root, ...names.filter((name) => name !== root)];
  return Object.fromEntries(ordered.map((name) => [basename(name), readFileSync(join(examples, folder, name), 'utf8')]));
}

/** Titles of what changes the design, and its figures with it, on purpose. */
const changesDesign = /^(Add a |Spread |Split |Turn )/;

describe.each(['first-steps', 'online-boutique', 'shop'])('%s', (folder) => {
  it('keeps its figures, its comments and its layout', { timeout: 300_000 }, async () => {
    const files = filesOf(folder);
    const parsed = await parseFiles(files);
    const before = {
      figures: figuresOf(parsed),
      unordered: figuresOf(parsed, true),
      comments: commentsOf(files),
      problems: problemsOf(parsed),
    };
    const tried = new Map<string, number>();
    let results = 0;
    for (const path of Object.keys(files)) {
      const places = placesOf(parsed, path);
      const selections = places.flatMap(({ start, end }, index) => {
        const next = places[index + 2] ?? { end };
        return [
          { path, start, end: start },
          { path, start, end },
          { path, start, end: Math.max(end, next.end) },
        ];
      });
      const seen = new Set<string>();
      for (const at of selections) {
        for (const refactoring of offeredAt(parsed, at)) {
          const kind = refactoring.title.split(' ')[0] ?? '';
          const key = JSON.stringify([refactoring.title, refactoring.changes]);
          if (refactoring.refused !== undefined || seen.has(key)) continue;
          seen.add(key);
          // Of each sort a good many, not every zone and every block of every component.
          const times = (tried.get(kind) ?? 0) + 1;
          tried.set(kind, times);
          if (times > 30) continue;
          const changed = after(files, refactoring);
          const read = await parseFiles(changed);
          const shown = `${refactoring.title}\n${Object.values(changed).join('\n---\n')}`;
          const circle = refactoring.title.includes('import each other');
          expect(
            problemsOf(read).filter((message) => !before.problems.includes(message) && !(circle && message.includes('circle'))),
            shown,
          ).toEqual([]);
          results += 1;
          if (changesDesign.test(refactoring.title)) continue;
          const isMoved = refactoring.kind === 'move';
          expect(figuresOf(read, isMoved), shown).toBe(isMoved ? before.unordered : before.figures);
          if (refactoring.kind !== 'inline') expect(commentsOf(changed), shown).toEqual(before.comments);
          expect(unformatted(read), shown).toEqual([]);
        }
      }
    }
    expect(results).toBeGreaterThan(20);
  });
});
