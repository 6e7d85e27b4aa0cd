/** Deployments. How many replicas run is each overlay's to say, or the autoscaler's. */
import { sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { componentMetadata, selectorLabels } from './metadata.js';
import { podTemplate } from './pod-template.js';
import { percent } from './quantity.js';

/** The Deployment of a component. */
export function deployment(context: Context, deployed: Deployed): YamlObject {
  const { component, name } = deployed;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: componentMetadata(context, deployed),
    spec: {
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: progressDeadline(component),
      minReadySeconds,
      selector: { matchLabels: selectorLabels(name) },
      strategy: { type: 'RollingUpdate', rollingUpdate: rollingUpdate(context, component) },
      template: podTemplate(context, deployed),
    },
  };
}

/** How long a pod must have been ready until it counts: one that dies at once stops the rollout. */
const minReadySeconds = 10;
/** Kubernetes' own default. */
const usualDeadline = 600;

/** A rollout has failed when nothing has moved for that long: never before a pod has had the time that its startup probe gives it, twice. */
function progressDeadline(component: Component): Yaml {
  const startup = component.deployment.probes.find((probe) => probe.kind === 'startup');
  const every = startup?.every?.value ?? 0;
  const starts = Math.ceil(every * (startup?.failures?.value ?? 3));
  const least = 2 * (starts + minReadySeconds);
  return startup === undefined || least <= usualDeadline
    ? usualDeadline
    : traced(least, startup.source, 'twice what a start may take');
}

/** New pods first: none of those the figures count on leaves before its successor is ready. */
function rollingUpdate(context: Context, component: Component): YamlObject {
  const { surge, unavailable } = component.deployment.rollout ?? {};
  if (surge?.value === 0 && (unavailable?.value ?? 0) === 0) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name}: a rollout with surge 0 and unavailable 0 can never move; surge 25% is written. Write \`surge 25%\`.`,
      source: sourceOf(surge) ?? component.nameSource,
    });
    return { maxUnavailable: 0, maxSurge: '25%' };
  }
  const written = (fact: typeof surge, otherwise: Yaml): Yaml =>
    fact === undefined ? otherwise : traced(percent(fact.value), sourceOf(fact));
  return { maxUnavailable: written(unavailable, 0), maxSurge: written(surge, '25%') };
}
