import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Uri } from 'vscode';
import { applyPlan, readManifestFolder, writtenPaths } from '../../client/manifests/manifest-folder.js';
import { type EditChoices, planWrite } from '../../language/generate/plan.js';
import { stage } from './vscode-double.js';

const first = [
  { path: 'base/orders/deployment.yaml', content: 'kind: Deployment\n' },
  { path: 'base/orders/service.yaml', content: 'kind: Service\n' },
];

let folder: string;
const on = (path: string): string => join(folder, path);
const text = (path: string): string => readFileSync(on(path), 'utf8');
const plan = async (files: typeof first, choices?: EditChoices) => {
  const present = await readManifestFolder(Uri.file(folder), files);
  return planWrite({ files, problems: [] }, (path) => present.get(path), choices);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drml-manifest-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a folder of manifests', () => {
  it('is filled, and then is as the model says', async () => {
    const filling = await plan(first);
    expect(writtenPaths(filling)).toEqual(['base/orders/deployment.yaml', 'base/orders/service.yaml']);
    await applyPlan(Uri.file(folder), filling);
    expect(text('base/orders/deployment.yaml')).toBe('kind: Deployment\n');
    expect((await plan(first)).stale).toBe(false);
  });

  it('gets its lock last, however the editor orders files that it makes at once', async () => {
    stage.written.length = 0;
    const [one, two] = first;
    await applyPlan(Uri.file(folder), await plan(first));
    expect(stage.written.filter((step) => step.startsWith('create'))).toEqual(
      [two?.path ?? '', one?.path ?? '', '.drml/manifest.lock.json'].map((path) => `create ${on(path)}`),
    );
    stage.written.length = 0;
    await applyPlan(Uri.file(folder), await plan(first.map((file) => ({ ...file, content: 'kind: Other\n' }))));
    expect(stage.written.map((step) => step.slice(0, step.indexOf(' ')))).toEqual(['delete', 'replace', 'replace', 'replace']);
  });

  it('follows the model, and loses what the model no longer needs', async () => {
    await applyPlan(Uri.file(folder), await plan(first));
    const change = await plan([{ path: 'base/orders/deployment.yaml', content: 'kind: StatefulSet\n' }]);
    expect(writtenPaths(change)).toEqual(['base/orders/deployment.yaml']);
    expect(change.prune).toEqual(['base/orders/service.yaml']);
    await applyPlan(Uri.file(folder), change);
    expect(text('base/orders/deployment.yaml')).toBe('kind: StatefulSet\n');
    expect(() => text('base/orders/service.yaml')).toThrow();
  });

  it('keeps what was edited by hand', async () => {
    await applyPlan(Uri.file(folder), await plan(first));
    writeFileSync(on('base/orders/service.yaml'), 'kind: Service # mine\n');
    const change = await plan(first.map((file) => ({ ...file, content: `${file.content}new: true\n` })));
    expect(change.refused.map((file) => file.path)).toEqual(['base/orders/service.yaml']);
    await applyPlan(Uri.file(folder), change);
    expect(text('base/orders/service.yaml')).toBe('kind: Service # mine\n');
    expect(text('base/orders/deployment.yaml')).toBe('kind: Deployment\nnew: true\n');
  });

  it("takes the change of a file into a patch that takes no other patch's place", async () => {
    const object = (replicas: number): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\nspec:\n  replicas: ${replicas}\n`;
    const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: []\n';
    const files = [
      { path: 'base/orders/deployment.yaml', content: object(1) },
      { path: 'custom/base/kustomization.yaml', content: component },
    ];
    await applyPlan(Uri.file(folder), await plan(files));
    writeFileSync(on('custom/base/orders.deployment.yaml'), 'mine\n');
    writeFileSync(on('base/orders/deployment.yaml'), object(7));
    const change = await plan(files, { move: 'all' });
    expect(change.moved).toEqual([
      { path: 'base/orders/deployment.yaml', patch: 'custom/base/orders.deployment-2.yaml', notes: [] },
    ]);
    await applyPlan(Uri.file(folder), change);
    expect(text('custom/base/orders.deployment.yaml')).toBe('mine\n');
    expect(text('custom/base/orders.deployment-2.yaml')).toContain('replicas: 7');
    expect(text('base/orders/deployment.yaml')).toBe(object(1));
    expect((await plan(files)).stale).toBe(false);
  });

  it('is left alone while the command line has not finished in it', async () => {
    await applyPlan(Uri.file(folder), await plan(first));
    writeFileSync(on('.drml/journal.json'), '{}');
    await expect(plan(first)).rejects.toThrow('was interrupted');
  });

  it.each(['../outside.yaml', '/etc/outside.yaml', 'a/../../outside.yaml', 'a\\b.yaml', 'C:/outside.yaml', ''])(
    'is never left by the path %j',
    async (path) => {
      await expect(plan([{ path, content: 'x\n' }])).rejects.toThrow('leaves the folder');
    },
  );

  it('is never left through a symbolic link', async () => {
    symlinkSync(tmpdir(), on('base'));
    await expect(plan(first)).rejects.toThrow('base is a symbolic link');
  });
});
