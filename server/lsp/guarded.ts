import { isOperationCancelled } from 'langium';
import { ResponseError } from 'vscode-languageserver';

/** Writes one line to the server's log. */
export type Log = (message: string) => void;

/**
 * Wraps a feature so that an error in it is logged and answered with nothing: a wrong hover must never cost the user the server.
 * Cancellation and errors that are answers (a refused rename) pass through.
 */
export function guarded<T extends object>(feature: string, provider: T, log: Log): T {
  return new Proxy(provider, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => answerOrNothing(feature, () => Reflect.apply(member, target, parameters), log);
    },
  });
}

/** Runs `answer`; an unexpected error, thrown at once or later, is logged and becomes undefined. */
export function answerOrNothing<R>(feature: string, answer: () => R, log: Log): R | undefined {
  try {
    const result = answer();
    if (result instanceof Promise) return result.catch((error: unknown) => nothing(feature, error, log)) as R;
    return result;
  } catch (error) {
    return nothing(feature, error, log);
  }
}

function nothing(feature: string, error: unknown, log: Log): undefined {
  if (isOperationCancelled(error) || error instanceof ResponseError) throw error;
  log(`${feature}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return undefined;
}
