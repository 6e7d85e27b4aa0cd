import { sourceOf } from '../model/fact.js';
import type { Model } from '../model/model.js';
import { arePodsWritten, imageGap } from '../model/pod-gaps.js';
import { acceptFix } from './accept-fix.js';
import type { Rule } from './rule.js';

/** DR101: others of the model say what their pods run, and this component does not. */
export const noImage: Rule = {
  code: 'DR101',
  name: 'no-image',
  title: 'No image to run',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component whose pods are written from the model states no `image`, and some other component of the model states one, or a `manifest` of its own. As long as nobody states either, the model is one to think with, and nothing is said: a version of Kubernetes, a mesh, ports and probes are facts that figures rest on as well, while an image is of use to manifests alone. Silent about what has a `manifest`, what an operator or a provider manages, gateways whose pods a mesh or a class brings along, and what gets no workload.',
    why: 'No image is ever made up. What `drml generate` writes in its place cannot be pulled, so that the gap shows before anything runs; it shows here while the model is written, before anybody applies it.',
    how: 'Write `image "REGISTRY/NAME:TAG"`, with a tag that does not move or a digest. Where the YAML is yours, name it: `manifest "./k8s/orders.yaml"`. No fix writes one, since only you know it.',
    bad: `region north { zones a, b, c }

service orders {
  image "registry.example.com/shop/orders:2.3.1"
  runs 3 in north
}

service prices {
  runs 3 in north
}
`,
    good: `region north { zones a, b, c }

service orders {
  image "registry.example.com/shop/orders:2.3.1"
  runs 3 in north
}

service prices {
  image "registry.example.com/shop/prices:1.0.4"
  runs 3 in north
}
`,
  },
  check({ model, analysis }) {
    const stated = statedPods(model);
    if (stated === undefined) return [];
    return model.components.flatMap((component) => {
      const { name, nameSource, deployment } = component;
      if (deployment.image !== undefined || !arePodsWritten(model, component)) return [];
      return {
        message: imageGap(component),
        at: nameSource,
        related: [stated],
        fixes: [acceptFix('DR101', component, model, analysis.asOf)],
        subject: name,
        causes: [`image:${name}`],
      };
    });
  },
};

/** The first component by name that says what its pods run. */
function statedPods({ components }: Model) {
  const [first] = components
    .filter(({ deployment: { image, manifest } }) => image !== undefined || manifest !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (first === undefined) return undefined;
  const { image, manifest } = first.deployment;
  const source = (image === undefined ? undefined : sourceOf(image)) ?? (manifest === undefined ? undefined : sourceOf(manifest));
  return { message: `${first.name} says what its pods run.`, at: source ?? first.nameSource };
}
