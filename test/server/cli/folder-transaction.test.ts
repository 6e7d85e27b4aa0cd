/** A writer is killed at every step, before and after it and in the middle of a file: the next run makes the tree old or new, never half. */
import { describe, expect, it } from 'vitest';
import { fingerprint, lockFile, lockPath } from '../../../language/generate/lock.js';
import { planWrite } from '../../../language/generate/plan.js';
import { carryOut, journalPath, recover, type TransactionFolder } from '../../../server/cli/folder-transaction.js';

class Killed extends Error {}

/** A folder in memory that dies at a step: before it, after it, or with half of what it writes. */
class MortalFolder implements TransactionFolder {
  steps = 0;

  constructor(
    readonly files: Map<string, string>,
    private readonly death: { readonly step: number; readonly when: 'before' | 'half' | 'after' } | undefined = undefined,
  ) {}

  read(path: string): string | undefined {
    return this.files.get(path);
  }

  list(path: string): readonly string[] {
    return [...this.files.keys()]
      .filter((name) => name.startsWith(`${path}/`))
      .map((name) => name.slice(path.length + 1))
      .sort();
  }

  mustBeWritable(): void {}

  write(path: string, content: string): void {
    expect(this.files.has(path)).toBe(false);
    this.step(
      () => this.files.set(path, content),
      () => this.files.set(path, content.slice(0, content.length / 2)),
    );
  }

  rename(from: string, to: string): void {
    this.step(() => {
      this.files.set(to, this.files.get(from) ?? '');
      this.files.delete(from);
    });
  }

  remove(path: string): void {
    this.step(() => this.files.delete(path));
  }

  private step(whole: () => void, half: () => void = () => {}): void {
    this.steps += 1;
    const dies = this.steps === this.death?.step ? this.death.when : undefined;
    if (dies === undefined || dies === 'after') whole();
    if (dies === 'half') half();
    if (dies !== undefined) throw new Killed();
  }
}

function tree(files: Readonly<Record<string, string>>) {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  return { files: [lockFile(list), ...list], problems: [] };
}

const oldTree = tree({ 'base/a.yaml': 'a: 1\n', 'base/b.yaml': 'b: 1\n', 'base/c.yaml': 'c: 1\n' });
const newTree = tree({ 'base/a.yaml': 'a: 2\n', 'base/b.yaml': 'b: 1\n', 'overlays/d.yaml': 'd: 2\n', 'base/e.yaml': 'e: 2\n' });
const asFiles = ({ files }: typeof oldTree): Map<string, string> =>
  new Map(files.map(({ path, content }) => [path, content] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
const sorted = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
const planOf = (wanted: typeof oldTree, files: ReadonlyMap<string, string>) => planWrite(wanted, (path) => files.get(path));

/** A writer from the old tree to the new one, killed; what it leaves. */
function killedAt(step: number, when: 'before' | 'half' | 'after'): Map<string, string> {
  const folder = new MortalFolder(asFiles(oldTree), { step, when });
  expect(() => carryOut(planOf(newTree, folder.files), folder)).toThrow(Killed);
  return folder.files;
}

const whole = new MortalFolder(asFiles(oldTree));
carryOut(planOf(newTree, whole.files), whole);
const steps = Array.from({ length: whole.steps }, (_, index) => index + 1);

describe('a writer', () => {
  it('makes the new tree, and leaves nothing beside it', () => {
    expect(sorted(whole.files)).toEqual(asFiles(newTree));
    expect(whole.steps).toBeGreaterThan(10);
  });

  describe.each(['before', 'half', 'after'] as const)('killed %s step', (when) => {
    it.each(steps)('%i: the next run finds the old tree or makes the new one', (step) => {
      const left = killedAt(step, when);
      const decided = left.has(journalPath);
      const next = new MortalFolder(left);
      const outcome = recover(next);
      expect(outcome === 'finished').toBe(decided);
      // Past its journal, a writer that was killed may have been through.
      expect([asFiles(oldTree), asFiles(newTree)]).toContainEqual(sorted(left));
      if (decided) expect(sorted(left)).toEqual(asFiles(newTree));
      expect(recover(next)).toBe('nothing');
    });

    it.each(steps)('%i: a reader sees old files or new ones, each whole', (step) => {
      const texts = new Map(
        [...asFiles(oldTree), ...asFiles(newTree)].map(([path]) => [
          path,
          [asFiles(oldTree).get(path), asFiles(newTree).get(path)],
        ]),
      );
      for (const [path, text] of killedAt(step, when)) if (!path.startsWith('.drml/')) expect(texts.get(path)).toContain(text);
    });
  });

  it.each(steps)('killed after step %i, and whoever finishes for it killed at every step: the third makes it whole', (step) => {
    const left = killedAt(step, 'after');
    const counting = new MortalFolder(new Map(left));
    recover(counting);
    for (let second = 1; second <= counting.steps; second += 1) {
      const files = new Map(left);
      expect(() => recover(new MortalFolder(files, { step: second, when: 'after' }))).toThrow(Killed);
      recover(new MortalFolder(files));
      expect([asFiles(oldTree), asFiles(newTree)]).toContainEqual(sorted(files));
    }
  });

  it('finds nothing changed by hand afterwards, whatever the model has become', () => {
    for (const step of steps) {
      const left = killedAt(step, 'after');
      recover(new MortalFolder(left));
      expect(planOf(tree({ 'base/a.yaml': 'a: 3\n' }), left).refused).toEqual([]);
    }
  });
});

describe('whoever finishes', () => {
  /** What a writer leaves that was killed right after it had decided. */
  const decided = killedAt(steps.find((step) => killedAt(step, 'after').has(journalPath)) ?? 0, 'after');

  it('leaves alone what a hand has changed since', () => {
    const files = new Map(decided)
      .set('base/a.yaml', 'a: mine\n')
      .set('base/c.yaml', 'c: mine\n')
      .set('base/e.yaml', 'e: mine\n');
    expect(recover(new MortalFolder(files))).toBe('finished');
    expect(['base/a.yaml', 'base/c.yaml', 'base/e.yaml'].map((path) => files.get(path))).toEqual([
      'a: mine\n',
      'c: mine\n',
      'e: mine\n',
    ]);
    expect(planOf(newTree, files).refused.map(({ path }) => path)).toEqual(['base/a.yaml', 'base/e.yaml']);
  });

  it.each([
    ['no journal', 'not json'],
    ['a list', '[1, 2]'],
    ['nothing', 'null'],
    ['wrong types', '{"replace": [{"staged": 3}, null, "x"], "remove": 7}'],
  ])('changes nothing for %s', (_name, text) => {
    const files = asFiles(oldTree).set(journalPath, text);
    expect(recover(new MortalFolder(files))).toBe('finished');
    expect(sorted(files)).toEqual(asFiles(oldTree));
  });

  it.each(['../outside.yaml', '/etc/passwd', '.git/config', 'base/.hidden/x', 'custom/base/kustomization.yaml', 'a\\b', 'C:/x'])(
    'touches no %s, whatever a journal says',
    (path) => {
      const before = fingerprint('theirs\n');
      // What is in `custom/` may be written, since moved edits go there, and is never removed.
      const journal = {
        replace: [
          { staged: '.drml/staged/0', path: path.startsWith('custom/') ? '../x' : path, before, after: fingerprint('evil\n') },
          { staged: 'base/a.yaml', path: 'base/b.yaml', before: fingerprint('b: 1\n'), after: fingerprint('a: 1\n') },
        ],
        remove: [{ path, before }],
      };
      const files = asFiles(oldTree);
      files.set(path, 'theirs\n').set('.drml/staged/0', 'evil\n').set(journalPath, JSON.stringify(journal));
      recover(new MortalFolder(files));
      expect(files.get(path)).toBe('theirs\n');
      files.delete(path);
      expect(sorted(files)).toEqual(asFiles(oldTree));
    },
  );

  it('puts no text in place that is not the one decided on', () => {
    const files = new Map(decided);
    for (const path of files.keys()) if (path.startsWith('.drml/staged/')) files.set(path, 'torn');
    recover(new MortalFolder(files));
    expect([...files].filter(([path]) => path !== 'base/c.yaml' && path !== lockPath).every(([, text]) => text !== 'torn')).toBe(
      true,
    );
    expect(files.get('base/a.yaml')).toBe('a: 1\n');
  });
});
