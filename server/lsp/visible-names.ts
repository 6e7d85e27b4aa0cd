import type { LangiumCoreServices } from 'langium';
import type { VisibleNames } from './unresolved-names.js';

/** The names of the right kind that may stand where a reference stands. */
export function namesVisibleAt(services: LangiumCoreServices): VisibleNames {
  const { ScopeProvider } = services.references;
  const { AstReflection } = services.shared;
  return (reference) => {
    const expected = AstReflection.getReferenceType(reference);
    return ScopeProvider.getScope(reference)
      .getAllElements()
      .filter(({ type }) => AstReflection.isSubtype(type, expected))
      .map(({ name }) => name)
      .toArray();
  };
}
