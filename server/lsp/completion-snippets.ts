import { componentKindPlaces, type Place } from '../../language/syntax/keys.js';

/** A block with tab stops: `<1:name>` holds a text to type over, `<2|a,b>` a choice; `$0` is where the cursor ends. */
export interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}

const declarations: readonly Snippet[] = [
  {
    label: 'model \u2026',
    detail: 'The root of a model',
    body: 'model <1:shop> {\n  mesh istio\n  namespace <1:shop>\n}\n$0',
  },
  {
    label: 'region \u2026',
    detail: 'A region with three zones',
    body: 'region <1:eu-west> {\n  mtbf <2:3y>  mttr <3:4h>\n  zones <4:a, b, c>\n}\n$0',
  },
  {
    label: 'service \u2026',
    detail: 'A service with instances and an objective',
    body: 'service <1:name> tier <2:1> {\n  runs <3:3> in <4:region>\n  mtbf <5:30d>  mttr <6:2m>\n  requires <7:other>\n  objective {\n    availability <8:99.9%>\n  }\n}\n$0',
  },
  {
    label: 'database \u2026',
    detail: 'A database with a replica and a backup',
    body: 'database <1:name> tier <2:0> {\n  engine <3:postgres> "<4:16>"\n  runs <5:2> in <6:region>\n  replicates sync within <6:region>\n  failover { detect <7:10s>  decide automatic  promote <8:30s>  switch mesh }\n  backup nightly {\n    full every 1d at 02:00 takes <9:40m>\n    log every 5m\n    copies to <10:vault>\n    keeps 35d  immutable\n    restores at <11:100MiB/s>\n  }\n}\n$0',
  },
  {
    label: 'journey \u2026',
    detail: 'What users do, and what is promised to them',
    body: 'journey <1:name> tier <2:0> {\n  requires <3:service>\n  objective {\n    availability <4:99.9%>\n    region-loss { rto <5:15m> rpo <6:1m> }\n  }\n}\n$0',
  },
];

const failover: Snippet = {
  label: 'failover { \u2026 }',
  detail: 'How a standby takes over',
  body: 'failover {\n  detect <1:30s>\n  decide <2|automatic,manual 20m>\n  promote <3:10s>\n  switch <4|dns ttl 60s,mesh,address>\n}$0',
};
const objective: Snippet = {
  label: 'objective { \u2026 }',
  detail: 'What is promised',
  body: 'objective {\n  availability <1:99.9%>\n  zone-loss { rto <2:1m> rpo <3:0s> }\n  region-loss { rto <4:15m> rpo <5:1m> }\n}$0',
};
const backup: Snippet = {
  label: 'backup { \u2026 }',
  detail: 'Points in time to come back to',
  body: 'backup <1:nightly> {\n  full every <2:1d> at <3:02:00> takes <4:40m>\n  copies to <5:vault>\n  keeps <6:35d>  immutable\n  restores at <7:100MiB/s>\n  tested <8:2026-01-01>\n}$0',
};

const components: ReadonlySet<Place> = new Set(componentKindPlaces);
const storing: ReadonlySet<Place> = new Set(['database', 'cache', 'queue', 'bucket', 'coordinator']);

/** The blocks people write in a place; `body` is in the syntax of LSP snippets. */
export function snippetsOf(place: Place): readonly Snippet[] {
  return blocksOf(place).map((snippet) => ({ ...snippet, body: lspSyntax(snippet.body) }));
}

function lspSyntax(body: string): string {
  return body.replace(/<(\d+)([:|])([^>]*)>/g, (_, stop: string, kind: string, text: string) =>
    kind === '|' ? `$\{${stop}|${text}|}` : `$\{${stop}:${text}}`,
  );
}

function blocksOf(place: Place): readonly Snippet[] {
  if (place === 'file') return declarations;
  if (place === 'journey') return [objective];
  if (!components.has(place)) return [];
  if (place === 'external' || place === 'bucket') return [objective];
  return storing.has(place) ? [failover, objective, backup] : [failover, objective];
}
