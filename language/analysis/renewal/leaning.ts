/** Who leans on whom: whose figures depend on what somebody else says. */
import type { Component, Journey, Model } from '../../model/model.js';
import { oncePer } from '../../model/once-per.js';
import { isHard, subjectsByName } from '../../model/queries.js';
import { sameNames } from './difference.js';

/** What one component or journey names. */
export interface Named {
  /** What its figures follow: what it cannot do without, and whatever else it names (copies, sources, order of recovery). */
  readonly firm: readonly string[];
  /** What it only wants: this decides whether it is degraded, and nothing about who leans on it. */
  readonly wanted: readonly string[];
  /** What fares otherwise because of it: whose bad instances its edges eject, and whose bad data it takes over. */
  readonly marked: readonly string[];
  /** What it names otherwise than by edges. */
  readonly beside: readonly string[];
  /** Buckets that its backups are restored from. Who restores from the same one waits for it. */
  readonly copies: readonly string[];
}

type Subject = Component | Journey;

/** What a subject names, worked out once for each. */
export const namedBy = oncePer((subject: Subject): Named => {
  const { edges, ...rest } = subject;
  const of = (chosen: Subject['edges']): readonly string[] => chosen.flatMap((edge) => edge.targets.map(({ name }) => name));
  const beside = usesIn(rest);
  return {
    firm: [...new Set([...of(edges.filter(isHard)), ...beside])],
    beside,
    copies: 'data' in subject ? subject.data.backups.flatMap(({ copies }) => copies.map(({ bucket }) => bucket.name)) : [],
    wanted: of(edges.filter((edge) => !isHard(edge))),
    marked: [
      ...of(edges.filter((edge) => edge.breaker !== undefined)),
      ...('rebuildsFrom' in subject ? (subject.rebuildsFrom?.targets ?? []) : []).map(({ name }) => name),
      ...('agreesWith' in subject ? subject.agreesWith : []).map(({ name }) => name),
    ],
  };
});

/** All names that are used anywhere in a value. */
function usesIn(value: object): readonly string[] {
  const found: string[] = [];
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) {
      for (const each of part) look(each);
      return;
    }
    if ('resolved' in part && 'name' in part && typeof part.name === 'string') found.push(part.name);
    else for (const key of Object.keys(part)) if (key !== 'origin') look(Reflect.get(part, key));
  };
  look(value);
  return found;
}

type ByName = ReadonlyMap<string, readonly string[]>;
type Lists = Map<string, string[]>;

/** Whether the same subjects stand in the same order in both models and each names what it named. */
function namesTheSame(before: Model, after: Model): boolean {
  return (['components', 'journeys'] as const).every((list) => {
    const [old, now]: [readonly Subject[], readonly Subject[]] = [before[list], after[list]];
    return (
      sameNames(old, now) &&
      old.every((subject, index) => {
        const other = now[index];
        return subject === other || (other !== undefined && isSameNamed(namedBy(subject), namedBy(other)));
      })
    );
  });
}

function isSameNamed(one: Named, other: Named): boolean {
  return (['firm', 'wanted', 'marked', 'beside', 'copies'] as const).every(
    (part) => one[part].length === other[part].length && one[part].every((name, index) => name === other[part][index]),
  );
}

/** What is known of a model that others are made from by edits. */
export const leaningOf = oncePer((model: Model): Leaning => new Leaning(model));

/** Any link, as a name that nobody can write. */
const anyLink = ' link';

/** The components and journeys of a model with what each names, and who names them. */
export class Leaning {
  readonly subjects: ReadonlyMap<string, Subject>;
  private readonly firm: ByName;
  private readonly wanting: ByName;
  private readonly marking: ByName;
  private readonly restoring: ByName;

  /** `known`: what is known of an earlier model with the same links; taken over where everybody names the same as before. */
  constructor(
    readonly model: Model,
    known?: Leaning,
  ) {
    this.subjects = subjectsByName(model);
    if (known !== undefined && namesTheSame(known.model, model)) {
      ({ firm: this.firm, wanting: this.wanting, marking: this.marking, restoring: this.restoring } = known);
      return;
    }
    const [firm, wanting, marking, restoring]: [Lists, Lists, Lists, Lists] = [new Map(), new Map(), new Map(), new Map()];
    for (const [name, subject] of this.subjects) {
      const named = namedBy(subject);
      for (const each of named.firm) push(firm, each, name);
      for (const each of named.wanted) push(wanting, each, name);
      for (const each of named.marked) push(marking, each, name);
      for (const each of this.passagesOf(named)) push(restoring, each, name);
    }
    [this.firm, this.wanting, this.marking, this.restoring] = [firm, wanting, marking, restoring];
  }

  /**
   * Whose figures may be others when these change, themselves included; how often they are degraded apart. `before`: the subjects of these
   * names as they were.
   */
  affectedBy(names: ReadonlySet<string>, before: ReadonlyMap<string, Subject>): ReadonlySet<string> {
    const seeds = new Set(names);
    for (const name of names) {
      const former = before.get(name);
      for (const named of [this.namedBy(name), former === undefined ? undefined : namedBy(former)]) {
        for (const passage of this.passagesOf(named)) for (const each of this.restoring.get(passage) ?? []) seeds.add(each);
      }
    }
    return this.spread(seeds, this.firm);
  }

  /** Who may be degraded more or less often when the figures of these change. */
  degradedBy(affected: ReadonlySet<string>): ReadonlySet<string> {
    const wanting = [...affected].flatMap((name) => this.wanting.get(name) ?? []);
    return this.spread([...affected, ...wanting], this.firm);
  }

  /** Who calls these, itself or through others, themselves included. */
  callersOf(names: Iterable<string>): ReadonlySet<string> {
    const seen = new Set(names);
    for (const name of seen)
      for (const list of [this.firm, this.wanting]) for (const next of list.get(name) ?? []) seen.add(next);
    return seen;
  }

  /** All that the figures of these depend on, themselves included; how often they are degraded apart. */
  neededBy(names: Iterable<string>): ReadonlySet<string> {
    const all = this.below(names);
    const marking = [...all].flatMap((name) => this.marking.get(name) ?? []);
    const passages = new Set([...all].flatMap((name) => this.passagesOf(this.namedBy(name))));
    const restoring = [...passages].flatMap((name) => this.restoring.get(name) ?? []);
    const copies = restoring.flatMap((name) => this.namedBy(name)?.beside ?? []);
    return new Set([...all, ...marking, ...restoring, ...copies]);
  }

  /** As {@link neededBy}, with all that decides how often they are degraded. */
  neededWithWishesOf(names: Iterable<string>): ReadonlySet<string> {
    const firm = this.below(names);
    return this.neededBy([...firm, ...[...firm].flatMap((name) => this.namedBy(name)?.wanted ?? [])]);
  }

  /** What the restores of a subject go through together with others: buckets, and links that say what they carry. */
  private passagesOf(named: Named | undefined): readonly string[] {
    if (named === undefined || named.copies.length === 0) return [];
    return this.model.links.some((link) => link.bandwidth !== undefined) ? [...named.copies, anyLink] : named.copies;
  }

  private below(names: Iterable<string>): ReadonlySet<string> {
    const seen = new Set(names);
    for (const name of seen) for (const next of this.namedBy(name)?.firm ?? []) seen.add(next);
    return seen;
  }

  private spread(names: Iterable<string>, callers: ByName): ReadonlySet<string> {
    const seen = new Set(names);
    for (const name of seen) for (const next of callers.get(name) ?? []) seen.add(next);
    return seen;
  }

  private namedBy(name: string): Named | undefined {
    const subject = this.subjects.get(name);
    return subject === undefined ? undefined : namedBy(subject);
  }
}

function push(map: Lists, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
