import { describe, expect, it } from 'vitest';
import type { GeneratedTree } from '../../../language/generate/index.js';
import { lockFile, lockPath } from '../../../language/generate/lock.js';
import { type EditChoices, planWrite, type WritePlan } from '../../../language/generate/plan.js';

function tree(files: Readonly<Record<string, string>>): GeneratedTree {
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  return { files: [lockFile(list), ...list], problems: [] };
}

/** A directory as text, and what a plan makes of it. */
function carryOut(plan: WritePlan, directory: ReadonlyMap<string, string>): Map<string, string> {
  const after = new Map(directory);
  for (const { path, content } of [...plan.create, ...plan.update]) after.set(path, content);
  for (const path of plan.prune) after.delete(path);
  return after;
}

const plan = (wanted: GeneratedTree, directory: ReadonlyMap<string, string>, choices?: EditChoices): WritePlan =>
  planWrite(wanted, (path) => directory.get(path), choices);

describe('planWrite', () => {
  const first = tree({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  const written = carryOut(plan(first, new Map()), new Map());

  it('creates everything in an empty directory, and is then content', () => {
    expect(plan(first, new Map()).create.map((file) => file.path)).toEqual([lockPath, 'a.yaml', 'b.yaml']);
    const again = plan(first, written);
    expect(again).toMatchObject({
      create: [],
      update: [],
      refused: [],
      prune: [],
      unchanged: ['a.yaml', 'b.yaml'],
      stale: false,
    });
  });

  it('updates what only the generator touched', () => {
    const next = plan(tree({ 'a.yaml': 'a: 2\n', 'b.yaml': 'b: 1\n' }), written);
    expect(next.update.map((file) => file.path)).toEqual([lockPath, 'a.yaml']);
    expect(next.update[1]?.diff).toContain('-a: 1\n+a: 2\n');
    expect(next.stale).toBe(true);
  });

  it('never overwrites a hand edit, this time or the next', () => {
    const edited = new Map(written).set('a.yaml', 'a: 9\n');
    const wanted = tree({ 'a.yaml': 'a: 2\n', 'b.yaml': 'b: 2\n' });
    const next = plan(wanted, edited);
    expect(next.refused).toEqual([
      { path: 'a.yaml', reason: 'edited', diff: expect.stringContaining('-a: 9\n+a: 2\n'), immovable: [] },
    ]);
    const after = carryOut(next, edited);
    expect(after.get('a.yaml')).toBe('a: 9\n');
    expect(after.get('b.yaml')).toBe('b: 2\n');
    expect(plan(wanted, after).refused.map((file) => file.reason)).toEqual(['edited']);
  });

  it('refuses a file that was there before it', () => {
    const next = plan(first, new Map([['a.yaml', 'mine: true\n']]));
    expect(next.refused.map(({ path, reason }) => [path, reason])).toEqual([['a.yaml', 'foreign']]);
    const after = carryOut(next, new Map([['a.yaml', 'mine: true\n']]));
    expect(plan(first, after).refused.map((file) => file.reason)).toEqual(['foreign']);
    expect(plan(tree({ 'b.yaml': 'b: 1\n' }), after).prune).toEqual([]);
  });

  it('overwrites where it is told to', () => {
    const edited = new Map(written).set('a.yaml', 'a: 9\n');
    expect(plan(first, edited, { overwrite: new Set(['a.yaml']) }).update.map((file) => file.path)).toEqual(['a.yaml']);
    expect(plan(first, edited, { overwrite: 'all' }).refused).toEqual([]);
  });

  it('prunes what it wrote and nothing else', () => {
    const directory = new Map(written).set('mine.yaml', 'x\n');
    const next = plan(tree({ 'a.yaml': 'a: 1\n' }), directory);
    expect(next.prune).toEqual(['b.yaml']);
    expect([...carryOut(next, directory).keys()].sort()).toEqual([lockPath, 'a.yaml', 'mine.yaml']);
  });

  it('keeps an edited file that the model no longer needs', () => {
    const edited = new Map(written).set('b.yaml', 'b: 9\n');
    const next = plan(tree({ 'a.yaml': 'a: 1\n' }), edited);
    expect(next.prune).toEqual([]);
    expect(next.refused.map(({ path, reason }) => [path, reason])).toEqual([['b.yaml', 'edited-obsolete']]);
  });

  it('takes a checkout with other line endings for its own text', () => {
    const windows = new Map([...written].map(([path, text]) => [path, text.replace(/\n/g, '\r\n')]));
    expect(plan(first, windows).stale).toBe(false);
  });

  it.each(['not json', '[]', 'null', '{"files": 3}', '{"files": {"a.yaml": 7}}'])('owns nothing under the lock %j', (lock) => {
    const next = plan(tree({ 'a.yaml': 'a: 2\n' }), new Map(written).set(lockPath, lock));
    expect(next.refused.map((file) => file.reason)).toEqual(['foreign']);
    expect(next.prune).toEqual([]);
  });

  it('never reads or removes outside the directory, whatever the lock says', () => {
    const read: string[] = [];
    const lock = JSON.stringify({ files: { '../../etc/passwd': 'x', '/etc/passwd': 'x', 'a/../../b': 'x', 'C:\\b': 'x' } });
    const next = planWrite(first, (path) => {
      read.push(path);
      return path === lockPath ? lock : undefined;
    });
    expect(read.filter((path) => path !== lockPath)).toEqual(['a.yaml', 'b.yaml']);
    expect(next.prune).toEqual([]);
  });
});
