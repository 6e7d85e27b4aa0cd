/**
 * What "up" means, read from what is written and from nothing else: every state of every event of a small model, at once. Nothing of the
 * analysis is used, so that both readings must agree.
 */
import { eventsOf, factsOf, promised, type ReadEvent } from './events.js';
import type { Sketch, SketchComponent, SketchEdge, SketchRole, SketchTarget } from './sketch.js';
import { StateSpace, type States } from './state-space.js';
import { activeRegions, counts, isHard, neededOf, placesOf, regionsOf, requiredOf, standbyRegions } from './statements.js';

interface Instance {
  readonly event: number;
  readonly region: string;
  readonly site: string;
  readonly role: SketchRole;
  readonly up: States;
}

/** A standby and what moves to it. */
export interface ReadMove {
  readonly pair: string;
  /** Its component, and the standbys that are asked before it. */
  readonly component: string;
  readonly earlier: readonly States[];
  readonly active: States;
  /** Of the standby, the failover to it included. */
  readonly standby: States;
  /** Seconds; undefined where a step is not stated. */
  readonly seconds: number | undefined;
}

const dataKinds: ReadonlySet<string> = new Set(['database', 'cache', 'queue', 'bucket', 'coordinator']);

export class Reading {
  readonly events: readonly ReadEvent[];
  readonly space: StateSpace;
  private readonly numbers = new Map<string, number>();
  private readonly sites = new Map<string, States>();
  private readonly instances = new Map<string, readonly Instance[]>();
  private readonly up = new Map<string, States>();
  private readonly serves = new Map<string, States>();
  private readonly whole = new Map<string, States>();

  constructor(readonly sketch: Sketch) {
    this.events = eventsOf(sketch);
    this.events.forEach(({ key }, index) => {
      this.numbers.set(key, index);
    });
    this.space = new StateSpace(this.events.length);
    for (const region of sketch.regions) {
      const up = this.works(region.name);
      this.sites.set(region.name, up);
      for (const zone of region.zones) {
        const path = `${region.name}.${zone.name}`;
        this.sites.set(path, this.space.and([up, this.works(path)]));
      }
    }
    for (const component of sketch.components) this.instances.set(component.name, this.instancesOf(component));
    this.greatestFixedPoint();
    this.leaveOutDegraded();
  }

  /** States in which a component or journey is down. */
  down(subject: string): States {
    return this.space.not(this.upOf(subject, ''));
  }

  /** States in which it is up without something wanted, or through something that is. */
  degraded(subject: string): States {
    return this.space.and([this.upOf(subject, ''), this.space.not(this.wholeOf(subject, ''))]);
  }

  event(key: string): number {
    const number = this.numbers.get(key);
    if (number === undefined) throw new Error(`There is no event ${key}.`);
    return number;
  }

  /** Failovers of everything that the subject cannot do without. */
  moves(subject: string): readonly ReadMove[] {
    const seen = new Set<string>();
    const moves: ReadMove[] = [];
    const visit = (name: string, context: string): void => {
      const journey = this.sketch.journeys.find((each) => each.name === name);
      const own = journey === undefined ? context : name;
      if (seen.has(`${own}/${name}`)) return;
      seen.add(`${own}/${name}`);
      const component = this.sketch.components.find((each) => each.name === name);
      if (component !== undefined) moves.push(...this.movesOf(component, own));
      for (const edge of (component ?? journey)?.edges ?? []) {
        const need = neededOf(edge);
        if (isHard(edge) && counts(edge, own) && need === edge.targets.length)
          for (const target of edge.targets) visit(target, own);
      }
    };
    visit(subject, '');
    return moves;
  }

  private works(key: string): States {
    return this.space.without(this.event(key));
  }

  private instancesOf(component: SketchComponent): readonly Instance[] {
    const placed = placesOf(this.sketch, component);
    return placed.map(({ site, region, role }, index) => {
      const nth = placed.slice(0, index + 1).filter((each) => each.site === site).length;
      const event = this.event(`${component.name}@${site}#${nth}`);
      const shared = this.numbers.get(`${component.name}@${region} common cause`);
      const up = this.space.and([
        this.space.without(event),
        this.sites.get(site) ?? this.space.none(),
        ...(shared === undefined ? [] : [this.space.without(shared)]),
      ]);
      return { event, region, site, role, up };
    });
  }

  private upOf(name: string, context: string): States {
    const own = this.sketch.journeys.some((journey) => journey.name === name) ? name : context;
    return this.up.get(`${own}/${name}`) ?? this.space.all();
  }

  private wholeOf(name: string, context: string): States {
    const own = this.sketch.journeys.some((journey) => journey.name === name) ? name : context;
    return this.whole.get(`${own}/${name}`) ?? this.space.all();
  }

  /** Everything is up until something takes it down, again and again until nothing changes. */
  private greatestFixedPoint(): void {
    const contexts = ['', ...this.sketch.journeys.map((journey) => journey.name)];
    for (let changed = true; changed; ) {
      changed = false;
      const put = (map: Map<string, States>, key: string, states: States): void => {
        const before = map.get(key);
        if (before !== undefined && this.space.same(before, states)) return;
        map.set(key, states);
        changed = true;
      };
      for (const context of contexts) {
        for (const component of this.sketch.components) {
          put(this.up, `${context}/${component.name}`, this.componentUp(component, context));
          for (const { name } of this.sketch.regions) {
            put(this.serves, `${context}/${component.name}/${name}`, this.servesIn(component, context, name));
          }
        }
      }
      for (const { name, edges } of this.sketch.journeys) put(this.up, `${name}/${name}`, this.requirements(edges, name));
    }
  }

  /**
   * Whole: everything wanted is there, and what is required is up and whole. What is required in the same region need not be up as a
   * whole, but serve in one of the regions.
   */
  private leaveOutDegraded(): void {
    const contexts = ['', ...this.sketch.journeys.map((journey) => journey.name)];
    const subjects = [
      ...contexts.flatMap((context) =>
        this.sketch.components.map((each) => ({ context, name: each.name, edges: each.edges, regions: regionsOf(each) })),
      ),
      ...this.sketch.journeys.map(({ name, edges }) => ({ context: name, name, edges, regions: [] })),
    ];
    for (let changed = true; changed; ) {
      changed = false;
      for (const { context, name, edges, regions } of subjects) {
        const met = (edge: SketchEdge, target: string): States => {
          if (!isHard(edge)) return this.upOf(target, context);
          const whole = this.wholeOf(target, context);
          if (!edge.sameRegion || regions.length === 0) return this.space.and([this.upOf(target, context), whole]);
          const serves = regions.map((region) => this.serves.get(`${context}/${target}/${region}`) ?? this.space.all());
          return this.space.and([this.space.atLeast(1, serves), whole]);
        };
        const states = this.space.and(
          edges
            .filter((edge) => counts(edge, context))
            .map((edge) =>
              this.space.atLeast(
                neededOf(edge),
                edge.targets.map((target) => met(edge, target)),
              ),
            ),
        );
        const key = `${context}/${name}`;
        const before = this.whole.get(key);
        if (before !== undefined && this.space.same(before, states)) continue;
        this.whole.set(key, states);
        changed = true;
      }
    }
  }

  private requirements(edges: readonly SketchEdge[], context: string): States {
    return this.space.and(
      edges
        .filter((edge) => isHard(edge) && counts(edge, context))
        .map((edge) =>
          this.space.atLeast(
            neededOf(edge),
            edge.targets.map((target) => this.upOf(target, context)),
          ),
        ),
    );
  }

  private componentUp(component: SketchComponent, context: string): States {
    const placed = component.runs.length > 0 || component.sites.length > 0;
    const global = component.edges.filter((edge) => !(placed && edge.sameRegion));
    const parts = [this.requirements(global, context), ...this.ownEvents(component)];
    if (component.runs.length > 0) {
      const standbys = standbyRegions(component).map((region) => this.standbySide(component, context, region));
      parts.push(this.space.atLeast(1, [this.activeSide(component, context), ...standbys]));
    } else if (component.sites.length > 0) {
      const hosts = component.sites.map((site) =>
        this.space.and([
          this.sites.get(site) ?? this.space.none(),
          this.localHolds(component, context, site.split('.')[0] ?? ''),
        ]),
      );
      parts.push(this.space.atLeast(1, hosts));
    }
    return this.space.and(parts);
  }

  private ownEvents(component: SketchComponent): readonly States[] {
    return [
      ...(component.runs.length === 0 ? [this.works(component.name)] : []),
      ...(component.together === undefined ? [] : [this.works(`${component.name} together`)]),
    ];
  }

  private activeSide(component: SketchComponent, context: string): States {
    const members = this.all(component).filter((instance) => instance.role === 'active');
    return this.space.and([
      this.space.atLeast(
        requiredOf(component),
        members.map((instance) => this.counted(component, context, instance)),
      ),
      ...this.majorities(component, members),
    ]);
  }

  private standbySide(component: SketchComponent, context: string, region: string): States {
    const members = this.standbysIn(component, region);
    const stated = component.needsIn.find((each) => each.region === region)?.count;
    const chance = promised(this.sketch, component, region);
    const failover = chance === undefined || chance.success >= 1 ? undefined : this.failoverKey(chance);
    return this.space.and([
      this.space.atLeast(
        stated ?? Math.min(requiredOf(component), members.length),
        members.map((instance) => this.counted(component, context, instance)),
      ),
      ...this.majorities(component, members),
      ...(failover === undefined ? [] : [this.works(failover)]),
    ]);
  }

  private failoverKey({ key, success }: { readonly key: string; readonly success: number }): string {
    return this.numbers.has(key) ? key : `${key} ${success}`;
  }

  private all(component: SketchComponent): readonly Instance[] {
    return this.instances.get(component.name) ?? [];
  }

  private standbysIn(component: SketchComponent, region: string): readonly Instance[] {
    return this.all(component).filter(
      (each) => each.region === region && (each.role === 'hot standby' || each.role === 'warm standby'),
    );
  }

  /** An instance counts where what it requires in the same region serves there. */
  private counted(component: SketchComponent, context: string, instance: Instance): States {
    return this.space.and([instance.up, this.localHolds(component, context, instance.region)]);
  }

  private localHolds(component: SketchComponent, context: string, region: string): States {
    return this.space.and(
      component.edges
        .filter((edge) => isHard(edge) && counts(edge, context) && edge.sameRegion)
        .map((edge) =>
          this.space.atLeast(
            neededOf(edge),
            edge.targets.map((target) => this.serves.get(`${context}/${target}/${region}`) ?? this.space.all()),
          ),
        ),
    );
  }

  /** At least min(N, placed there) of the instances are up there, and its requirements hold. What has no place serves everywhere. */
  private servesIn(component: SketchComponent, context: string, region: string): States {
    if (component.runs.length === 0 && component.sites.length === 0) return this.componentUp(component, context);
    const global = this.requirements(
      component.edges.filter((edge) => !edge.sameRegion),
      context,
    );
    const always = [global, ...this.ownEvents(component)];
    if (component.runs.length === 0) {
      const here = component.sites
        .filter((site) => site.split('.')[0] === region)
        .map((site) => this.sites.get(site) ?? this.space.none());
      return this.space.and([...always, this.space.atLeast(1, here), this.localHolds(component, context, region)]);
    }
    const here = [
      ...this.all(component).filter((each) => each.region === region && each.role === 'active'),
      ...this.standbysIn(component, region),
    ];
    if (here.length === 0) return this.space.none();
    const need = Math.min(requiredOf(component), here.length);
    return this.space.and([
      ...always,
      this.space.atLeast(
        need,
        here.map((each) => this.counted(component, context, each)),
      ),
    ]);
  }

  /** Quorums and votes that bind a side: those that one of its own copies belongs to. */
  private majorities(component: SketchComponent, side: readonly Instance[]): readonly States[] {
    const copies = this.all(component).filter((each) => each.role !== 'witness' && each.role !== 'cold standby');
    const isAsync = (each: Instance): boolean =>
      component.replication.some(
        ({ mode, where }) => mode === 'async' && (where === undefined ? each.role !== 'active' : where.region === each.region),
      );
    const groups = component.replication
      .filter(({ mode }) => mode === 'sync')
      .map((statement) => ({
        need: statement.shrinksTo ?? statement.quorum,
        members: copies.filter((each) => {
          if (statement.where === undefined) return !isAsync(each);
          return each.region === statement.where.region || (statement.where.word === 'to' && each.role === 'active');
        }),
      }));
    const bound: { readonly need: number; readonly members: readonly Instance[] }[] = [];
    for (const { need, members } of groups) if (need !== undefined) bound.push({ need, members });
    const witnesses = this.all(component).filter((each) => each.role === 'witness');
    if (component.kind === 'coordinator' || witnesses.length > 0) {
      const synchronous =
        groups.length > 0
          ? groups.flatMap(({ members }) => members)
          : copies.filter((each) => each.role === 'active' || !isAsync(each));
      const votes = [...new Set([...synchronous, ...witnesses])];
      bound.push({ need: Math.floor(votes.length / 2) + 1, members: votes });
    }
    return bound
      .filter(({ members }) => members.some((member) => side.includes(member)))
      .map(({ need, members }) =>
        this.space.atLeast(
          need,
          members.map((each) => each.up),
        ),
      );
  }

  private movesOf(component: SketchComponent, context: string): readonly ReadMove[] {
    const active = component.runs.length === 0 ? undefined : this.activeSide(component, context);
    if (active === undefined) return [];
    const regions = standbyRegions(component);
    return regions.map((to, rank) => {
      const facts = factsOf(this.sketch, component, to);
      // Only what keeps data must say how long a promotion takes.
      const due = [facts.detect, facts.ttl, ...(dataKinds.has(component.kind) ? [facts.promote] : [])];
      const all = [facts.detect, facts.decide, facts.promote, facts.warmup, facts.ttl, facts.verify];
      const seconds = due.includes(undefined) ? undefined : all.reduce<number>((sum, each) => sum + (each ?? 0), 0);
      const before = regions.slice(0, rank);
      return {
        pair: [...activeRegions(component), '->', to, ...before].join(' '),
        component: component.name,
        earlier: before.map((region) => this.standbySide(component, context, region)),
        active,
        standby: this.standbySide(component, context, to),
        seconds,
      };
    });
  }

  /** Events that a scenario's targets take. */
  taken(targets: readonly SketchTarget[]): ReadonlySet<number> {
    return new Set(targets.flatMap((target) => this.takenBy(target)));
  }

  private takenBy(target: SketchTarget): readonly number[] {
    switch (target.kind) {
      case 'site':
        return [this.event(target.site)];
      case 'provider': {
        const regions = this.sketch.regions.filter((region) => region.provider === target.provider);
        return regions.map((region) => this.event(region.name));
      }
      case 'component': {
        const { site, count } = target;
        const there = (this.instances.get(target.name) ?? []).filter(
          (each) => site === undefined || each.site === site || each.region === site,
        );
        const ordered = [...there.filter((each) => each.role === 'active'), ...there.filter((each) => each.role !== 'active')];
        const component = this.sketch.components.find((each) => each.name === target.name);
        if (component?.runs.length === 0) return [this.event(target.name)];
        return ordered.slice(0, count ?? ordered.length).map((each) => each.event);
      }
    }
  }
}
