/** A system that many know, with facts as data: nothing of it stands in the project. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { judgeYaml } from './judged-manifests.js';

interface Service {
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
  readonly replicasExplicit: boolean;
  readonly addrEnv: Readonly<Record<string, string>>;
  readonly volumes: readonly unknown[];
  readonly resources: unknown;
  readonly containerPorts: readonly number[];
  readonly services: readonly { readonly service: string; readonly type: string; readonly ports: readonly unknown[] }[];
}

function objectsOf(one: Service): readonly unknown[] {
  const { name, image, replicas, replicasExplicit, addrEnv, volumes, resources, containerPorts, services } = one;
  const env = Object.entries(addrEnv).map(([key, value]) => ({ name: key, value }));
  const ports = containerPorts.map((containerPort) => ({ containerPort }));
  const readinessProbe = { tcpSocket: { port: containerPorts[0] ?? 1 } };
  const container = { name: 'server', image, resources, ports, env, readinessProbe };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        ...(replicasExplicit ? { replicas } : {}),
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { volumes, containers: [container] } },
      },
    },
    ...services.map(({ service, type, ports: served }) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: service },
      spec: { type, selector: { app: name }, ports: served },
    })),
  ];
}

const file = '../shared/data/online-boutique.json';
test.runIf(existsSync(file))('Online Boutique: the address that leads nowhere and the tag that moves, at their lines', () => {
  const { services } = JSON.parse(readFileSync(file, 'utf8')) as { readonly services: readonly Service[] };
  const text = services
    .flatMap(objectsOf)
    .map((object) => stringify(object))
    .join('---\n');
  const { findings, problems } = judgeYaml(text);
  expect(problems).toEqual([]);
  const shown = findings.map(({ code, at }) => `${code} ${text.slice(at.start, at.end).trim()}`);
  expect(shown.sort()).toEqual(['DR088 redis:alpine', 'DR090 value: shoppingassistantservice:80']);
});
