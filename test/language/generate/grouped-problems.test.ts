/** What is missing of many components is one line, with their names. */
import { describe, expect, it } from 'vitest';
import { groupedProblems } from '../../../language/generate/grouped-problems.js';
import type { GenerationProblem } from '../../../language/model/generation-problem.js';

const source = { uri: 'memory:/m.drml', start: 0, end: 1 };
const missing = (component: string, message: string): GenerationProblem => ({ kind: 'missing', component, message, source });
const messagesOf = (problems: readonly GenerationProblem[]) => groupedProblems(problems).map(({ message }) => message);

describe('problems that say the same', () => {
  it.each<[string, readonly string[], string]>([
    ['one stays as it is', ['a'], 'a has no probe. Write one.'],
    ['two', ['a', 'b'], 'a has no probe. Write one. The same holds for b.'],
    ['three', ['a', 'b', 'c'], 'a has no probe. Write one. The same holds for b and c.'],
    ['ten are all named', [...'abcdefghij'], 'a has no probe. Write one. The same holds for b, c, d, e, f, g, h, i and j.'],
    [
      'of more, eight and a number',
      [...'abcdefghijk'],
      'a has no probe. Write one. The same holds for b, c, d, e, f, g, h, i and 2 more.',
    ],
  ])('become one: %s', (_name, names, said) => {
    expect(messagesOf(names.map((name) => missing(name, `${name} has no probe. Write one.`)))).toEqual([said]);
  });

  it('stand under all their names where the sentence begins with one', () => {
    expect(
      messagesOf([missing('web', 'web: no metric of it is known.'), missing('db', 'db: no metric of it is known.')]),
    ).toEqual(['web and db: no metric of it is known.']);
  });

  it('are not those with another kind, another sentence, or none of a component', () => {
    const problems: readonly GenerationProblem[] = [
      missing('a', 'a has no probe. Write `probe readiness`.'),
      { ...missing('b', 'b has no probe. Write `probe readiness`.'), kind: 'left-out' },
      missing('c', 'c has no probe. Write `probe readiness "/PATH"`.'),
      { kind: 'missing', message: 'The model has no namespace.', source },
    ];
    expect(groupedProblems(problems)).toEqual(problems);
  });

  it('are told apart where a name is a part of another word', () => {
    expect(messagesOf([missing('pro', 'pro has no probe.'), missing('no', 'no has no probe.')])).toHaveLength(2);
    expect(messagesOf([missing('pro', 'pro has a probe.'), missing('web', 'web has a probe.')])).toEqual([
      'pro has a probe. The same holds for web.',
    ]);
  });

  it('stay apart as contradictions, each of which has places of its own', () => {
    const contradiction = (component: string): GenerationProblem => ({
      ...missing(component, `${component}: spec.replicas is 3 by the model.`),
      kind: 'contradiction',
    });
    expect(groupedProblems([contradiction('a'), contradiction('b')])).toHaveLength(2);
  });
});
