/** A cluster in one word, as prefixes, names and labels have it. */
import type { Overlay } from './overlays.js';

/** `cn-north/blue` of `overlays/cn-north/blue`: unique in the model, a path of its own wherever clusters have one. */
export function clusterPath(overlay: Overlay): string {
  return overlay.path.replace(/^overlays\//, '');
}

/** `cn-north-blue`, or `cn-north` where the region has one cluster without a name. */
export function clusterWord(overlay: Overlay): string {
  return clusterPath(overlay)
    .replace(/\/default$/, '')
    .replace('/', '-');
}

/** The context of a cluster in commands: its name in the model, else one made of its region's. */
export function kubeContext(overlay: Overlay): string {
  return overlay.cluster === undefined || !/^[\w.:/@-]+$/.test(overlay.cluster) ? clusterWord(overlay) : overlay.cluster;
}
