/** What files mean together, as one part that is loaded with the first model: the model, its analysis, the rules, and what shows figures. */
export { FixGains } from '../../language/fix-gain.js';
export { ownManifestFindings } from '../../language/rules/own-manifests.js';
export { describedRules } from '../../language/rules/registry.js';
export { ModelWorkspace } from '../../language/workspace.js';
export { CodeLenses } from './code-lens.js';
export { Hovers } from './hover.js';
export { InlayHints } from './inlay-hints.js';
