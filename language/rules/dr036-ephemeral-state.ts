import type { Edit } from '../edit/edit.js';
import { sourceOf } from '../model/fact.js';
import { keepsData } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import type { Fix, Rule } from './rule.js';

/** Kinds of storage that outlive an instance, the cheaper first, with what each outlives. */
const lasting = [
  ['zonal', 'outlives an instance'],
  ['regional', 'outlives a zone'],
] as const;

/** DR036: a store keeps its data on disks that go with their instances. */
export const ephemeralState: Rule = {
  code: 'DR036',
  name: 'ephemeral-state',
  title: 'Data on a disk that is lost with its instance',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A database, cache, queue, coordinator or bucket has `storage ephemeral` and no `rebuilds from`. What says nothing about its storage is not judged.',
    why: 'A restart, an eviction or a drain of the node deletes what lies in the container or in an `emptyDir`; instances that restart together lose all of it. Sources: the Kubernetes documentation on `emptyDir`, whose content is deleted with its pod; the cart store of Online Boutique, which loses every cart with its pod.',
    how: 'Store it on a disk of the zone or of the region. Or say what the data is rebuilt from.',
    bad: `region north { zones a, b, c }

database carts {
  runs 3 in north
  storage ephemeral
}
`,
    good: `region north { zones a, b, c }

database carts {
  runs 3 in north
  storage zonal
}
`,
  },
  check({ model, analysis }) {
    return model.components.flatMap((store) => {
      const { storage } = store.data;
      if (!keepsData(store) || storage?.value !== 'ephemeral' || store.rebuildsFrom !== undefined) return [];
      const at = sourceOf(storage);
      if (at === undefined) return [];
      const fixes = lasting.map(([kind, gain]): Fix => {
        const edits: readonly Edit[] = [{ kind: 'replace', at, text: `storage ${kind}` }];
        return { title: `Store ${store.name} on ${kind} disks: it ${gain}`, edits, safe: false };
      });
      return [
        {
          message: `${store.name} keeps its data on disks that go with their instance: each restart and eviction loses that copy, and all of it where they fall together. Store it on zonal or regional disks, or say what it rebuilds from.`,
          at,
          related: [{ message: `${store.name} keeps data.`, at: store.nameSource }],
          fixes: [...fixes, acceptFix('DR036', store, model, analysis.asOf)],
          subject: store.name,
          causes: [`storage:${store.name}`],
        },
      ];
    });
  },
};
