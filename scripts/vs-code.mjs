// The window of a real VS Code as the end-to-end tests drive it, for scripts that take pictures of it.
import { registerHooks } from 'node:module';

// The tests name their modules as they are compiled; here they are run as they are written.
registerHooks({
  resolve: (specifier, context, next) =>
    next(context.parentURL?.endsWith('.ts') ? specifier.replace(/^(\..*)\.js$/, '$1.ts') : specifier, context),
});
export const { VsCode } = await import('../test/e2e/vs-code.ts');
export const { until } = await import('../test/e2e/until.ts');
