/** Manifests as tests write them: short, and as people have them. */

/** A Deployment and its Service. */
export function workload(
  name: string,
  more: {
    readonly kind?: string;
    readonly image?: string;
    readonly spec?: string;
    readonly pod?: string;
    readonly container?: string;
    readonly port?: number;
  } = {},
): string {
  const {
    kind = 'Deployment',
    image = `registry.example.com/${name}:1`,
    spec = '',
    pod = '',
    container = '',
    port = 8080,
  } = more;
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
${indented(spec, 2)}  template:
    metadata: { labels: { app: ${name} } }
    spec:
${indented(pod, 6)}      containers:
        - name: main
          image: ${image}
${indented(container, 10)}---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: ${port} }] }
---
`;
}

function indented(text: string, by: number): string {
  return text === '' ? '' : `${text.replace(/^/gm, ' '.repeat(by))}\n`;
}
