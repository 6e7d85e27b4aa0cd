/** What a component asks of its platform: demand, image, ports, probes, scaling and rollout. Part of the semantic model. */
import type { Acceptance } from './acceptance.js';
import type { Fact, NameUse, Source, Written } from './fact.js';

/** Requests per second; `capacity` is of one instance. CPU in cores, memory in bytes, of one instance. */
export interface Demand {
  readonly load?: Fact<number>;
  readonly peak?: Fact<number>;
  /** When the peak is, as `HH:MM` in the model's time zone; it may reach over midnight. */
  readonly peakHours?: Fact<{ readonly from: string; readonly to: string }>;
  readonly capacity?: Fact<number>;
  readonly cpu?: Fact<number>;
  readonly cpuLimit?: Fact<number>;
  readonly memory?: Fact<number>;
  readonly memoryLimit?: Fact<number>;
}

/** What the platform needs to know to run it. Durations in seconds, shares 0..1. */
export interface Deployment {
  readonly image?: Fact<string>;
  readonly platformId?: Fact<string>;
  readonly manifest?: Fact<string>;
  /** The name it is reached by wherever it stands. */
  readonly host?: Fact<string>;
  /** `host "…" in SITE`: a name for each place; absent where there are none. */
  readonly hostIn?: readonly { readonly region: string; readonly zone?: string; readonly host: Fact<string> }[];
  readonly entry?: Fact<Entry>;
  readonly certificate?: Fact<string>;
  readonly ports: readonly Port[];
  readonly routes: readonly { readonly path: string; readonly target: NameUse; readonly source: Source }[];
  readonly probes: readonly Probe[];
  readonly scales?: Scaling;
  readonly rollout?: Rollout;
  readonly grace?: Fact<number>;
  readonly mounts: readonly Mount[];
  /** The number of the user its program runs as. */
  readonly user?: Fact<number>;
  readonly repeats?: Repetition;
}

/** How users come in, and the class that serves it. */
export interface Entry {
  readonly means: 'gateway-api' | 'istio' | 'ingress';
  readonly class?: string;
}

/** How often a job runs. Times in seconds; `at` as `HH:MM` in the model's time zone. */
export interface Repetition extends Written {
  readonly every: Fact<number>;
  readonly at?: string;
  readonly takes?: Fact<number>;
}

/** A secret or configuration that somebody else fills, by its name. */
export interface Mount {
  readonly kind: 'secret' | 'config';
  readonly name: string;
  readonly source: Source;
}

/** Automatic scaling of each site. */
export interface Scaling extends Written {
  readonly min?: Fact<number>;
  readonly max: Fact<number>;
  readonly utilisation?: Fact<number>;
  readonly within?: Fact<number>;
}

/** How a new version is rolled out. Shares 0..1. */
export interface Rollout extends Written {
  readonly surge?: Fact<number>;
  readonly unavailable?: Fact<number>;
  readonly waves?: Fact<number>;
  readonly bake?: Fact<number>;
  readonly accepts?: readonly Acceptance[];
}

/** A port it listens on; `target` is the one inside the container, where it differs. */
export interface Port extends Written {
  readonly name?: string;
  readonly number: number;
  readonly target?: number;
  readonly protocol: 'http' | 'grpc' | 'tcp' | 'tls';
}

/** How the platform asks an instance whether it is well. Times in seconds. */
export interface Probe extends Written {
  readonly kind: 'readiness' | 'liveness' | 'startup';
  readonly path?: Fact<string>;
  readonly every?: Fact<number>;
  readonly failures?: Fact<number>;
  readonly timeout?: Fact<number>;
}
