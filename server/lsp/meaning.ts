/** What files mean together, as one part that is loaded with the first model: the model, its analysis, the rules. */
export { describedRules } from '../../language/rules/registry.js';
export { ModelWorkspace } from '../../language/workspace.js';
