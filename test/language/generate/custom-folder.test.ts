/** A change by hand is moved only where the kustomization of a cluster would apply it. */
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { customFolderFor } from '../../../language/generate/custom-folder.js';
import { generateManifests, noOwnFiles, planWrite } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';

const model = await modelOf(`model shop { namespace shop  kubernetes "1.33"  mesh istio "1.28" }
region north { provider aws  cluster "one"  zones a, b }
region south { provider aws  zones a, b }
bucket vault in south { }
gateway edge tier 1 { image "x/edge:1"  port http 80  host "shop.example"  entry istio  runs 2 in north  runs 2 in south  routes "/" to orders }
service orders tier 0 { image "x/orders:1"  port http 80  runs 2 in north  runs 2 in south as hot standby  cpu 1  scales to 4 at 60% cpu
  objective { availability 99.9% }  requires pay, store, rented }
external pay { host "api.pay.example"  port 443 tls }
database store { engine postgres  image "x/postgres:1"  port tcp 5432  user 999  size 1GiB  runs 1 in north
  backup nightly { full every 1d  incremental every 6h  copies to vault  image "x/dump:1"  mounts secret store-dump } }
database rented { engine postgres  managed by provider  host "db.example"  port tcp 5432  runs 1 in north
  backup daily { full every 1d  keeps 7d  copies to vault } }
scenario lost { fails north.a  fails north.a, north.b }
scenario spoiled { deletes store }`);
const tree = generateManifests(model, noOwnFiles, undefined, { extras: new Set(['argocd', 'aws-backup', 'haproxy']) });
const texts = new Map(tree.files.map(({ path, content }) => [path, content]));

/** The files that a kustomization takes in, however deep. */
function takenIn(folder: string, found = new Set<string>()): ReadonlySet<string> {
  const {
    resources = [],
    components = [],
    patches = [],
  } = parse(texts.get(`${folder}/kustomization.yaml`) ?? '') as {
    resources?: string[];
    components?: string[];
    patches?: { path: string }[];
  };
  for (const entry of [...resources, ...components, ...patches.map(({ path }) => path)]) {
    const path = new URL(entry, `memory:/${folder}/`).pathname.slice(1);
    if (path.endsWith('.yaml')) found.add(path);
    else takenIn(path, found);
  }
  return found;
}

const overlays = ['overlays/north/one', 'overlays/south/default'];
const byOverlay = overlays.map((overlay) => takenIn(overlay));
const changeable = tree.files
  .map(({ path }) => path)
  .filter((path) => path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml') && !path.startsWith('custom/'));

it('every folder of the tree is looked at', () => {
  expect(
    new Set(
      changeable.map((path) =>
        path
          .split('/')
          .slice(0, path.startsWith('overlays') ? 4 : 1)
          .at(path.startsWith('overlays') ? 3 : 0),
      ),
    ),
  ).toEqual(new Set(['argocd', 'aws', 'base', 'drills', 'dumps', 'observability', 'patches', 'platform']));
  expect(changeable.some((path) => /^platform\/.+\/velero\//.test(path))).toBe(true);
});

it.each(changeable)('%s', (path) => {
  const users = overlays.filter((_overlay, index) => byOverlay[index]?.has(path));
  const folder = customFolderFor(path);
  if (users.length === 0) expect(folder).toBeUndefined();
  // What only one cluster has is changed there; what clusters share is changed for all of them.
  else if (path.startsWith('overlays/')) expect(users.map((overlay) => overlay.replace('overlays', 'custom'))).toEqual([folder]);
  else expect(folder).toBe('custom/base');
});

it('a dump that was changed is patched in the cluster that takes it', () => {
  const path = changeable.find((candidate) => candidate.includes('/dumps/')) ?? '';
  const edited = new Map(texts).set(
    path,
    (texts.get(path) ?? '').replace('concurrencyPolicy: Forbid', 'concurrencyPolicy: Replace'),
  );
  const { moved, create } = planWrite(tree, (file) => edited.get(file), { move: 'all' });
  expect(moved).toMatchObject([{ path, patch: 'custom/north/one/store.store-nightly-full.yaml' }]);
  expect(parse(create.find((file) => file.path.startsWith('custom/'))?.content ?? '')).toMatchObject({
    spec: { concurrencyPolicy: 'Replace' },
  });
});

it('a field taken out of a dump is taken out by the patch', () => {
  const path = changeable.find((candidate) => candidate.includes('/dumps/')) ?? '';
  const edited = new Map(texts).set(path, (texts.get(path) ?? '').replace(/ +concurrencyPolicy: Forbid\n/, ''));
  const { moved, refused } = planWrite(tree, (file) => edited.get(file), { move: 'all' });
  expect([moved.length, refused.length]).toEqual([1, 0]);
});

it("a change of Velero's schedule stays, and the user hears where it belongs", () => {
  const path = changeable.find((candidate) => candidate.includes('/schedule-')) ?? '';
  const edited = new Map(texts).set(path, `${texts.get(path) ?? ''}# mine\n`.replace('ttl:', 'ttl2:'));
  const { moved, refused } = planWrite(tree, (file) => edited.get(file), { move: 'all' });
  expect(moved).toEqual([]);
  expect(refused[0]?.immovable).toEqual([expect.stringContaining('a kustomization of your own')]);
});
