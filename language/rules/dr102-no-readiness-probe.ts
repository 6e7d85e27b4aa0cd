import { sourceOf } from '../model/fact.js';
import type { Component, Model } from '../model/model.js';
import { onceWhile } from '../model/once-per.js';
import { arePodsWritten, lacksReadiness, readinessGap } from '../model/pod-gaps.js';
import { acceptFix, statementFix } from './accept-fix.js';
import type { RawFinding, Rule } from './rule.js';

/** What a probe asks every how many seconds where nobody says otherwise; what Kubernetes itself takes is 10. */
const usualStatement = 'probe readiness every 5s';

/** DR102: pods that are called, and nothing asks them whether they can answer. */
export const noReadinessProbe: Rule = {
  code: 'DR102',
  name: 'no-readiness-probe',
  title: 'Called before it can answer',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component has an `image` and a `port`, its pods are written from the model, and it has no readiness probe of its own, of a policy or of `defaults`. Without an image nobody generates its pods from here, and nothing is said. Silent about what has a `manifest`, what an operator or a provider manages, and gateways whose pods a mesh or a class brings along.',
    why: 'Kubernetes sends calls to a pod from the moment its container runs unless a probe says otherwise: every rollout, every eviction and every node that dies is answered with errors until the program has started. Source: the Kubernetes documentation of readiness probes; DR071 says the same of manifests that exist.',
    how: 'Write what tells that it can answer: `probe readiness "/ready" every 5s`. Without a path the probe asks gRPC\'s health protocol where gRPC is served and HTTP is not, else whether the port takes a connection; the fix writes that, since it makes no path up.',
    bad: `region north { zones a, b, c }

service orders {
  image "registry.example.com/shop/orders:2.3.1"
  port http 8080
  runs 3 in north
}
`,
    good: `region north { zones a, b, c }

service orders {
  image "registry.example.com/shop/orders:2.3.1"
  port http 8080
  probe readiness "/ready" every 5s
  runs 3 in north
}
`,
  },
  check({ model, analysis }) {
    return model.components.flatMap((component) => {
      if (component.deployment.image === undefined || !lacksReadiness(component) || !arePodsWritten(model, component)) return [];
      return judged(component, model.settings, analysis.asOf);
    });
  },
};

/** What is to be said of a component: again only when it, the settings or the day have changed. */
const judged = onceWhile((component: Component, settings: Model['settings'], asOf: string): RawFinding => {
  const { name, nameSource, source, deployment } = component;
  const serves = (protocol: string): boolean => deployment.ports.some((each) => each.protocol === protocol);
  const asks = serves('grpc') && !serves('http') ? "gRPC's health protocol" : 'for a connection';
  const at = deployment.ports[0]?.source ?? (deployment.image === undefined ? undefined : sourceOf(deployment.image));
  return {
    message: readinessGap(component),
    at: nameSource,
    related: [{ message: `${name} is called here.`, at: at ?? nameSource }],
    fixes: [
      statementFix(`Ask ${asks} before ${name} is called`, source, usualStatement),
      acceptFix('DR102', component, { settings }, asOf),
    ],
    subject: name,
    causes: [`readiness:${name}`],
  };
});
