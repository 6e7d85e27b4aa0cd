import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { untilSeen } from './vs-code.js';

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  maxUnavailable: 0
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: { app: orders }
`;
/** A manifest that a component names as its own: it has as many pods as the model, and says nothing of what they need. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 3
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:1.0.0
`;
const shop = `model shop { }

region north { zones a, b, c }

service orders {
  manifest "./k8s/orders.yaml"
  runs 3 in north
}
`;
const opened = openedWorkspace({ 'deploy/budget.yaml': budget, 'k8s/orders.yaml': deployment, 'shop.drml': shop });
const squiggles = () => opened.code.page.locator('.editor-group-container.active [class*="squiggly-"]');

describe('the manifest that a component names', () => {
  it('is judged by itself with its model, and follows what is typed, saved and deleted', async () => {
    const { code, folder } = opened;
    const file = join(folder, 'k8s', 'orders.yaml');
    // As at the start, so that the test can be repeated.
    await writeFile(file, deployment);
    await code.command('View: Close All Editors');
    await code.openFile('shop.drml');
    const rows = await code.problems();
    const found = (text: string) => async (): Promise<readonly string[]> => rows.filter({ hasText: text }).allInnerTexts();
    await untilSeen(found('requests no cpu or memory'), ({ length }) => length === 1, 'what is wrong with the manifest alone');
    expect(await found('by the model')(), 'where model and manifest agree').toEqual([]);

    await code.openFile('k8s/orders.yaml');
    await code.goTo(6);
    await code.page.keyboard.press('End');
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('2');
    await code.lineWith(/replicas: 2/);
    await code.page.keyboard.press('Control+s');
    const contradictions = await untilSeen(
      found('spec.replicas is 3 by the model'),
      ({ length }) => length === 2,
      'the contradiction, at the statement and at the line of the manifest',
    );
    expect(contradictions.map((row) => /Ln \d+/.exec(row)?.[0]).sort()).toEqual(['Ln 6', 'Ln 7']);

    await rm(file);
    await untilSeen(found('DR104'), ({ length }) => length === 1, 'that the file is not there');
    await writeFile(file, deployment);
    await untilSeen(
      async () => [...(await found('DR104')()), ...(await found('by the model')())],
      ({ length }) => length === 0,
      'both to agree again',
    );
  });
});

describe('DRML: Check Manifests', () => {
  it('says nothing of YAML that nobody asked about', async () => {
    await opened.code.openFile('budget.yaml');
    await opened.code.page.waitForTimeout(2_000);
    expect(await squiggles().count()).toBe(0);
  });

  it('shows what is wrong at its line, and mends it', async () => {
    const { code, folder } = opened;
    await writeFile(join(folder, 'deploy', 'budget.yaml'), budget);
    await code.openFile('budget.yaml');
    await code.command('DRML: Check Manifests');
    await squiggles().first().waitFor();
    const rows = await code.problems();
    await rows.filter({ hasText: 'lets no pod go' }).first().waitFor();
    await code.openFile('budget.yaml');
    await code.goTo(6, 8);
    await code.quickFix(/Write maxUnavailable: 1/);
    await code.lineWith(/maxUnavailable: 1/);
    await code.page.keyboard.press('Control+s');
    await untilSeen(
      () => squiggles().count(),
      (count) => count === 0,
      'the finding to go when the file is saved',
    );
    expect(await readFile(join(folder, 'deploy', 'budget.yaml'), 'utf8')).toBe(
      budget.replace('maxUnavailable: 0', 'maxUnavailable: 1'),
    );
  });
});
