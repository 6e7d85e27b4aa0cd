/** The example of the rules that hold a model against the manifest that it names. */

export const ordersManifest = {
  path: './k8s/orders.yaml',
  text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  replicas: 2
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:2.3.1
`,
};

/** A model that names a manifest. */
export function orders(runs: string, manifest: string): string {
  return `region north { zones a, b }

service orders {
  manifest "${manifest}"
  ${runs}
}
`;
}
