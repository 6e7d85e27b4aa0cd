/** What hosts ask of this folder when somebody wants manifests judged. */
export { checkManifests } from './check-manifests.js';
export { mayHoldManifests, readManifests } from './read-manifests.js';
