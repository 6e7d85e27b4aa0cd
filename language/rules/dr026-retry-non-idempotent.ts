import type { Component, Edge, Journey } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { acceptFix } from './accept-fix.js';
import { subjects } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

/** Failures after which the callee may have done its work already, in the words of the mesh. */
const maybeDone: ReadonlySet<string> = new Set(['5xx', 'gateway-error', 'reset', 'deadline-exceeded', 'internal']);

/** DR026: a write that is not idempotent is sent again after failures that may have followed the work. */
export const retryNonIdempotent: Rule = {
  code: 'DR026',
  name: 'retry-non-idempotent',
  title: 'Write may be sent twice',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A call that `writes` and is not `idempotent` is retried, and `on` names a failure after which the callee may have done its work: `5xx`, `gateway-error`, `reset`, `deadline-exceeded` or `internal`. Retries that name no failure are not judged.',
    why: 'The answer can be lost after the work is done: the second try books, charges or ships again. Sources: AWS Well-Architected REL04-BP04; Istio 1.24, which took 503 out of its default causes of a retry.',
    how: 'Give each request a key by which the callee knows it again, and write `idempotent`; or do not retry; or retry only after `connect-failure`, when nothing was sent.',
    bad: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires payments { timeout 1s  writes  retries 2 on "5xx" }
}
service payments { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires payments { timeout 1s  writes  idempotent  retries 2 on "5xx" }
}
service payments { runs 3 in north }
`,
  },
  check(context) {
    return subjects(context.model).flatMap((owner) => doubledWrites(owner).flatMap((edge) => judge(owner, edge, context)));
  },
};

/** A write whose retries may send it twice. */
type DoubledWrite = Edge & { readonly retries: NonNullable<Edge['retries']>; readonly writes: NonNullable<Edge['writes']> };

const doubledWrites = oncePer(({ edges }: Component | Journey): readonly DoubledWrite[] => edges.filter(isDoubled));

function isDoubled(edge: Edge): edge is DoubledWrite {
  const { retries, writes, idempotent } = edge;
  if (retries === undefined || retries.count.value <= 0 || writes === undefined || idempotent !== undefined) return false;
  return retries.causes.some((cause) => maybeDone.has(cause));
}

function judge(owner: Component | Journey, edge: DoubledWrite, { model, analysis }: RuleContext): RawFinding {
  const { retries, writes } = edge;
  const unsafe = retries.causes.filter((cause) => maybeDone.has(cause));
  const targets = spokenList(edge.targets.map(({ name }) => name));
  return {
    message: `${owner.name} sends a write to ${targets} again after ${spokenList(unsafe)}, and it is not idempotent: the work may be done twice. Do not retry, or make it idempotent.`,
    at: retries.source,
    related: [{ message: `The call of ${targets} writes.`, at: writes }],
    fixes: [...noRetryFix(edge, targets), acceptFix('DR026', owner, model, analysis.asOf)],
    subject: owner.name,
    causes: [`write-twice:${owner.name}@${targets}`],
  };
}

function noRetryFix({ retries }: Edge, targets: string): readonly Fix[] {
  const origin = retries?.count.origin;
  if (origin?.kind !== 'stated') return [];
  return [
    {
      title: `Do not retry writes to ${targets}`,
      edits: [{ kind: 'set-value', at: origin.at, after: 'retries', text: '0' }],
      safe: false,
    },
  ];
}
