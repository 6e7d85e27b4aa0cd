/** Generated models for the benchmark: systems of twenty services over two regions, about 370 characters a service, no randomness. */

/** Path → text; `root.drml` is the root. */
export type GeneratedFiles = ReadonlyMap<string, string>;

const servicesPerSystem = 20;

/** A model of `services` services, in one file or spread over `files` files beside the root. */
export function generateModel(services: number, files: number): GeneratedFiles {
  const systems = Math.ceil(services / servicesPerSystem);
  const sites = [region('north'), region('south'), 'external card-network { availability 99.95% }\n'].join('\n');
  const bodies = Array.from({ length: systems }, (_, system) =>
    systemText(system, Math.min(servicesPerSystem, services - system * servicesPerSystem)),
  );
  if (files <= 1)
    return new Map([['root.drml', `model bench { mesh istio  namespace bench }\n\n${sites}\n${bodies.join('\n')}`]]);
  const result = new Map<string, string>([['sites.drml', sites]]);
  const perFile = Math.ceil(systems / files);
  const imports = ['import "./sites.drml"'];
  for (let file = 0; file * perFile < systems; file++) {
    const name = `part-${String(file).padStart(3, '0')}.drml`;
    // Each part leans on the one before it, as teams lean on each other.
    const before = file === 0 ? '' : `import "./part-${String(file - 1).padStart(3, '0')}.drml"\n`;
    result.set(name, `import "./sites.drml"\n${before}\n${bodies.slice(file * perFile, (file + 1) * perFile).join('\n')}`);
    imports.push(`import "./${name}"`);
  }
  result.set('root.drml', `${imports.join('\n')}\n\nmodel bench { mesh istio  namespace bench }\n`);
  return result;
}

function region(name: string): string {
  const zones = ['a', 'b', 'c'].map((zone) => `  zone ${zone} { mtbf 1y  mttr 1h }`).join('\n');
  return `region ${name} {\n  mtbf 3y  mttr 4h\n${zones}\n}\n`;
}

function systemText(system: number, services: number): string {
  const parts = Array.from({ length: services }, (_, index) =>
    index === services - 1 ? databaseText(system) : serviceText(system, index, services),
  );
  const tier = system % 3;
  parts.push(
    `journey use-${system} tier ${tier} {\n  requires svc-${system}-0\n  objective { availability 99.9%  region-loss { rto 15m rpo 1m } }\n}\n`,
  );
  return parts.join('\n');
}

function serviceText(system: number, index: number, services: number): string {
  const requires: string[] = [];
  if (2 * index + 1 < services - 1)
    requires.push(`  requires svc-${system}-${2 * index + 1} { timeout 400ms  retries 1 each 150ms  idempotent }`);
  if (2 * index + 2 < services - 1) requires.push(`  requires svc-${system}-${2 * index + 2} { timeout 300ms }`);
  if (index % 4 === 3) requires.push(`  requires db-${system} { timeout 100ms  writes }`);
  if (index === services - 2 && system > 0)
    requires.push(`  wants svc-${system - 1}-0 { timeout 200ms  fallback "leave it out" }`);
  return `/** Service ${index} of system ${system}. */
service svc-${system}-${index} "Service ${index} of ${system}" tier ${system % 3} {
  image "registry.example.com/bench/svc-${system}-${index}:1.0.${index}"
  port http 8080
  runs 3 in north
  runs 3 in south as hot standby
  load 900rps  capacity 450rps
  mtbf 30d  mttr 2m
${requires.join('\n')}
  failover { detect 30s  decide automatic  switch dns ttl 60s }
}
`;
}

function databaseText(system: number): string {
  return `database db-${system} tier ${system % 3} {
  runs 3 in north
  runs 3 in south as hot standby
  replicates sync within north quorum 2
  replicates async to south lag 5s
  mtbf 90d  mttr 5m
  size 200GiB
  failover { detect 10s  decide automatic  promote 60s  switch mesh }
  rebuilds from card-network takes 1h
}
`;
}
