/** All rules, in order of their codes. A new rule is one file and one line here. */
import { acceptanceExpired, acceptancePointless } from './acceptance.js';
import { singleReplica } from './dr001-single-replica.js';
import { spofCutSet } from './dr002-spof-cut-set.js';
import { noSpare } from './dr003-no-spare.js';
import { sloUnreachable } from './dr004-slo-unreachable.js';
import { singletonPlatform } from './dr005-singleton-platform.js';
import { standbySameFate } from './dr006-standby-same-fate.js';
import { singleProviderOrAccount } from './dr007-single-provider-or-account.js';
import { sharedConfigBlast } from './dr008-shared-config-blast.js';
import { unfencedLock } from './dr009-unfenced-lock.js';
import { singleSite } from './dr010-single-site.js';
import { fakeZones } from './dr011-fake-zones.js';
import { zoneLossBelowK } from './dr012-zone-loss-below-k.js';
import { dataComputeMisplacement } from './dr013-data-compute-misplacement.js';
import { residencyViolation } from './dr014-residency-violation.js';
import { noSiteLossHeadroom } from './dr015-no-site-loss-headroom.js';
import { failoverNeedsAutoscaling } from './dr016-failover-needs-autoscaling.js';
import { quotaHeadroom } from './dr017-quota-headroom.js';
import { hpaMaxTooLow } from './dr018-hpa-max-too-low.js';
import { rolloutEatsSpare } from './dr019-rollout-eats-spare.js';
import { cyclicHardDependency } from './dr020-cyclic-hard-dependency.js';
import { criticalityInversion } from './dr021-criticality-inversion.js';
import { dependencySloTooLow } from './dr022-dependency-slo-too-low.js';
import { timeoutInversion } from './dr023-timeout-inversion.js';
import { missingTimeout } from './dr024-missing-timeout.js';
import { retryAmplification } from './dr025-retry-amplification.js';
import { retryNonIdempotent } from './dr026-retry-non-idempotent.js';
import { noBreakerOrBulkhead } from './dr027-no-breaker-or-bulkhead.js';
import { ackedButLost } from './dr028-acked-but-lost.js';
import { queueCannotAbsorb } from './dr029-queue-cannot-absorb.js';
import { rpoUnmet } from './dr030-rpo-unmet.js';
import { badQuorum } from './dr031-bad-quorum.js';
import { splitBrainFailover } from './dr032-split-brain-failover.js';
import { replicationIsNotBackup } from './dr035-replication-is-not-backup.js';
import { ephemeralState } from './dr036-ephemeral-state.js';
import { noBackup } from './dr037-no-backup.js';
import { threeTwoOne } from './dr042-three-two-one.js';
import { backupNotOffsite } from './dr043-backup-not-offsite.js';
import { restoreUntested } from './dr048-restore-untested.js';
import { restoreSlowerThanRto } from './dr049-restore-slower-than-rto.js';
import { rtoUnmet } from './dr052-rto-unmet.js';
import { detectionTooSlow } from './dr053-detection-too-slow.js';
import { dnsTtlVsRto } from './dr054-dns-ttl-vs-rto.js';
import { manualStepInFastPath } from './dr055-manual-step-in-fast-path.js';
import { runbookMissingOrStale } from './dr056-runbook-missing-or-stale.js';
import { controlPlaneInRecovery } from './dr057-control-plane-in-recovery.js';
import { noFailback } from './dr058-no-failback.js';
import { standbyTooCold } from './dr059-standby-too-cold.js';
import { drSiteDrift } from './dr060-dr-site-drift.js';
import { nodeLossEvictionDefault } from './dr061-node-loss-eviction-default.js';
import { recoveryOrder } from './dr062-recovery-order.js';
import { journeyWithoutItsGateway } from './dr096-journey-without-its-gateway.js';
import { ruleFailed } from './dr099-rule-failed.js';
import { expectationMissed } from './dr100-expectation-missed.js';
import { noImage } from './dr101-no-image.js';
import { noReadinessProbe } from './dr102-no-readiness-probe.js';
import { manifestContradiction } from './dr103-manifest-contradiction.js';
import { manifestUnusable } from './dr104-manifest-unusable.js';
import type { Rule, RuleDescription } from './rule.js';

/** The rules that judge a model. */
export const rules: readonly Rule[] = [
  singleReplica,
  spofCutSet,
  noSpare,
  sloUnreachable,
  singletonPlatform,
  standbySameFate,
  singleProviderOrAccount,
  sharedConfigBlast,
  unfencedLock,
  singleSite,
  fakeZones,
  zoneLossBelowK,
  dataComputeMisplacement,
  residencyViolation,
  noSiteLossHeadroom,
  failoverNeedsAutoscaling,
  quotaHeadroom,
  hpaMaxTooLow,
  rolloutEatsSpare,
  cyclicHardDependency,
  criticalityInversion,
  dependencySloTooLow,
  timeoutInversion,
  missingTimeout,
  retryAmplification,
  retryNonIdempotent,
  noBreakerOrBulkhead,
  ackedButLost,
  queueCannotAbsorb,
  rpoUnmet,
  badQuorum,
  splitBrainFailover,
  replicationIsNotBackup,
  ephemeralState,
  noBackup,
  threeTwoOne,
  backupNotOffsite,
  restoreUntested,
  restoreSlowerThanRto,
  rtoUnmet,
  detectionTooSlow,
  dnsTtlVsRto,
  manualStepInFastPath,
  runbookMissingOrStale,
  controlPlaneInRecovery,
  noFailback,
  standbyTooCold,
  drSiteDrift,
  nodeLossEvictionDefault,
  recoveryOrder,
  journeyWithoutItsGateway,
  expectationMissed,
  noImage,
  noReadinessProbe,
];

/** The rules that hold a model against the manifests that its components name, which a host has to read. */
export const ownManifestRules: readonly RuleDescription[] = [manifestContradiction, manifestUnusable];

/** Everything that can be the code of a finding about a model: the rules, and what is said about acceptances and about rules themselves. */
export const describedRules: readonly RuleDescription[] = [
  ...rules,
  ...ownManifestRules,
  acceptanceExpired,
  acceptancePointless,
  ruleFailed,
];

/** The last code of the catalogue of rules to come: an acceptance of one of them is left alone. */
const lastPlannedCode = 96;

/** Whether a code belongs to a rule that this version does not judge yet. */
export function isPlanned(code: string): boolean {
  const number = /^DR0(\d\d)$/.exec(code)?.[1];
  return (
    number !== undefined && Number(number) >= 1 && Number(number) <= lastPlannedCode && !rules.some((rule) => rule.code === code)
  );
}
