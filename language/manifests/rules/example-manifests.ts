/** Manifests for the pages of the rules: a whole object around the lines that a rule is about. */

export interface DeploymentLines {
  /** Below `spec`. */
  readonly spec?: string;
  /** Below the pod's `spec`. */
  readonly pod?: string;
  /** Of the container. */
  readonly container?: string;
  readonly image?: string;
}

/** A Deployment named orders. */
export function ordersDeployment({ spec, pod, container, image }: DeploymentLines): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
${within(spec, 2)}  selector:
    matchLabels:
      app: orders
  template:
    metadata:
      labels:
        app: orders
    spec:
${within(pod, 6)}      containers:
        - name: orders
          image: ${image ?? 'registry.example.com/orders:1.4.2'}
${within(container, 10)}`;
}

/** The Service of {@link ordersDeployment}. */
export const ordersService = `apiVersion: v1
kind: Service
metadata:
  name: orders
spec:
  selector:
    app: orders
  ports:
    - port: 80
      targetPort: 8080
`;

/** A DestinationRule for orders, with the lines of its traffic policy. */
export function ordersDestinationRule(policy: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: orders
spec:
  host: orders.shop.svc.cluster.local
  trafficPolicy:
${within(policy, 4)}`;
}

/** A VirtualService for orders, with its routes. */
export function ordersVirtualService(routes: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: orders
spec:
  hosts:
    - orders.shop.svc.cluster.local
  http:
${within(routes, 4)}`;
}

/** Objects as documents of one file. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}

function within(lines: string | undefined, indentation: number): string {
  if (lines === undefined) return '';
  return `${lines
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(indentation)}${line}`)
    .join('\n')}\n`;
}
