/** All rules that judge manifests, in order of their codes, and all rules there are. A new rule is one file and one line here. */
import { describedRules } from '../rules/registry.js';
import type { RuleDescription } from '../rules/rule.js';
import type { ManifestRule } from './manifest-rule.js';
import { noPdb } from './rules/dr070-no-pdb.js';
import { probes } from './rules/dr071-probes.js';
import { noSpread } from './rules/dr072-no-spread.js';
import { pdbBlocksDrain } from './rules/dr073-pdb-blocks-drain.js';
import { hpa } from './rules/dr074-hpa.js';
import { noRequests } from './rules/dr075-no-requests.js';
import { rolloutDeadlock } from './rules/dr076-rollout-deadlock.js';
import { localityWithoutOutlier } from './rules/dr077-locality-without-outlier.js';
import { ejectionCap } from './rules/dr078-ejection-cap.js';
import { portLevelDropsPolicy } from './rules/dr079-port-level-drops-policy.js';
import { vsRouteOrder } from './rules/dr080-vs-route-order.js';
import { tlsMode } from './rules/dr081-tls-mode.js';
import { faultLeftOn } from './rules/dr082-fault-left-on.js';
import { badRestart } from './rules/dr083-bad-restart.js';
import { unknownField } from './rules/dr084-unknown-field.js';
import { deprecatedApi } from './rules/dr085-deprecated-api.js';
import { image } from './rules/dr088-image.js';
import { ingress } from './rules/dr089-ingress.js';
import { danglingRef } from './rules/dr090-dangling-ref.js';

/** The rules that judge manifests. */
export const manifestRules: readonly ManifestRule[] = [
  noPdb,
  probes,
  noSpread,
  pdbBlocksDrain,
  hpa,
  noRequests,
  rolloutDeadlock,
  localityWithoutOutlier,
  ejectionCap,
  portLevelDropsPolicy,
  vsRouteOrder,
  tlsMode,
  faultLeftOn,
  badRestart,
  unknownField,
  deprecatedApi,
  image,
  ingress,
  danglingRef,
];

/** Everything that can be the code of a finding, in models and in manifests. */
export const allDescribedRules: readonly RuleDescription[] = [...describedRules, ...manifestRules];
