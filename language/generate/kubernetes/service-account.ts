/** Service accounts, and what a gateway's may read. */
import type { Context, Deployed } from '../context.js';
import type { YamlObject } from '../yaml.js';
import { componentMetadata } from './metadata.js';

/** The identity of a component: the mesh knows it by this name. Its pods get no token for the API, since nothing says they need one. */
export function serviceAccount(context: Context, deployed: Deployed): YamlObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: componentMetadata(context, deployed),
    automountServiceAccountToken: false,
  };
}

/** The secrets of the namespace, for a gateway of Istio: its certificate is handed to whoever may read it. */
export function certificateRole(context: Context, deployed: Deployed): YamlObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: componentMetadata(context, deployed),
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
  };
}

/** Gives the role to the gateway. */
export function certificateRoleBinding(context: Context, deployed: Deployed): YamlObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: componentMetadata(context, deployed),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: deployed.name },
    subjects: [{ kind: 'ServiceAccount', name: deployed.name, namespace: context.names.namespace }],
  };
}
