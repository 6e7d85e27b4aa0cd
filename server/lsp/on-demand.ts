/**
 * Parts that an editor asks for now and then. For Node the build makes a file of each, so that the server starts without them; in a
 * browser worker they are part of the one file that there is.
 */

/** Model → manifests. */
export const manifestGenerator = () => import('../../language/generate/index.js');

/** Model and figures → what a picture shows. */
export const pictureGraph = () => import('../../language/diagram/graph.js');
