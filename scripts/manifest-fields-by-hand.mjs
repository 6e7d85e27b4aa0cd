// Kinds that no package declares, written down from the documentation of Velero 1.18, external-snapshotter 8.6 and kustomize 5:
// a field a line, two blanks of indentation a level. The notation is that of scripts/manifest-fields.mjs; what has no type holds
// the fields below it, `*` makes a list of it.

/** Lines one level further in, so that a block can stand in another. */
function within(text) {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}

const scope = `excludedNamespaces *s
excludedResources *s
includedNamespaces *s
includedResources *s
labelSelector LabelSelector`;

const reference = `apiGroup s
kind! s
name! s`;

const backupHook = `exec!
  command! *s
  container s
  onError "Continue,Fail"
  timeout s`;

const backupSpec = `csiSnapshotTimeout s
datamover s
defaultVolumesToFsBackup b
defaultVolumesToRestic b
excludedClusterScopedResources *s
excludedNamespaceScopedResources *s
hooks
  resources *
${within(within(scope))}
    name! s
    post *
${within(within(within(backupHook)))}
    pre *
${within(within(within(backupHook)))}
includeClusterResources b
includedClusterScopedResources *s
includedNamespaceScopedResources *s
itemOperationTimeout s
${scope}
metadata
  labels %s
orLabelSelectors *LabelSelector
orderedResources %s
resourcePolicy
${within(reference)}
snapshotMoveData b
snapshotVolumes b
storageLocation s
ttl s
uploaderConfig
  parallelFilesUpload n
volumeGroupSnapshotLabelKey s
volumeSnapshotLocations *s`;

const secretKey = `key! s
name s
optional b`;

const kustomization = `metadata a
resources *s
components *s
bases *s
crds *s
configurations *s
generators *s
transformers *s
validators *s
namespace s
namePrefix s
nameSuffix s
commonLabels %s
commonAnnotations %s
labels *
  pairs %s
  includeSelectors b
  includeTemplates b
  fields *a
patches *
  path s
  patch s
  target
    group s
    version s
    kind s
    name s
    namespace s
    labelSelector s
    annotationSelector s
  options %b
patchesStrategicMerge *s
patchesJson6902 *a
images *
  name s
  newName s
  newTag s
  tagSuffix s
  digest s
replicas *
  name s
  count n
configMapGenerator *a
secretGenerator *a
generatorOptions a
replacements *a
vars *a
openapi %s
helmCharts *a
helmGlobals a
buildMetadata *s
sortOptions a`;

/** `apiVersion kind` → the fields beside apiVersion, kind, metadata and status. */
export const kindsByHand = {
  'velero.io/v1 Backup': `spec\n${within(backupSpec)}`,
  'velero.io/v1 Schedule': `spec
  paused b
  schedule! s
  skipImmediately b
  template!
${within(within(backupSpec))}
  useOwnerReferencesInBackup b`,
  'velero.io/v1 BackupStorageLocation': `spec
  accessMode "ReadOnly,ReadWrite"
  backupSyncPeriod s
  config %s
  credential
${within(within(secretKey))}
  default b
  objectStorage!
    bucket! s
    caCert s
    caCertRef
${within(within(within(secretKey)))}
    prefix s
  provider! s
  validationFrequency s`,
  'velero.io/v1 VolumeSnapshotLocation': `spec
  config %s
  credential
${within(within(secretKey))}
  provider! s`,
  'velero.io/v1 Restore': `spec
  backupName s
  existingResourcePolicy s
  hooks
    resources *
${within(within(within(scope)))}
      name! s
      postHooks *
        exec
          command! *s
          container s
          execTimeout s
          onError "Continue,Fail"
          waitForReady b
          waitTimeout s
        init
          initContainers *a
          timeout s
  includeClusterResources b
${within(scope)}
  itemOperationTimeout s
  namespaceMapping %s
  orLabelSelectors *LabelSelector
  preserveNodePorts b
  resourceModifier
${within(within(reference))}
  restorePVs b
  restoreStatus
    excludedResources *s
    includedResources *s
  scheduleName s
  uploaderConfig
    parallelFilesDownload n
    writeSparseFiles b`,
  'snapshot.storage.k8s.io/v1 VolumeSnapshotClass': `deletionPolicy! "Delete,Retain"
driver! s
parameters %s`,
  'snapshot.storage.k8s.io/v1 VolumeSnapshot': `spec!
  source!
    persistentVolumeClaimName s
    volumeSnapshotContentName s
  volumeSnapshotClassName s`,
  'kustomize.config.k8s.io/v1beta1 Kustomization': kustomization,
  'kustomize.config.k8s.io/v1alpha1 Component': kustomization,
};
