import { counted } from '../../rules/wording.js';
import { endpointsOf, trafficPolicies } from '../istio-policies.js';
import { finding, type ManifestRule, placeOfEntry, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { addEntry, replaceValue } from '../yaml-edits.js';
import { entryOf, numberAt } from '../yaml-tree.js';
import { ordersDestinationRule } from './example-manifests.js';

/** What Istio takes where nothing is written, in percent. */
const defaultCap = 10;

/** DR078: outlier detection that may eject nothing. */
export const ejectionCap: ManifestRule = {
  code: 'DR078',
  name: 'ejection-cap',
  title: 'Outlier detection that may eject nothing',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'The share of endpoints that `maxEjectionPercent` allows to be ejected (10 where it is left out) is less than one endpoint of those that the host has. Where the files do not say how many it has, a share of 10% or less is a warning: below ten endpoints it is none.',
    why: 'Envoy keeps to the cap: of 3 endpoints, 10% is none, so a broken one stays in use. A cap below 100% also keeps a region from being left as a whole. Sources: Istio, Destination Rule (OutlierDetection); Envoy, Outlier detection; istio/istio#34605.',
    how: 'Write `maxEjectionPercent: 100`. With outlier detection Istio sets the panic threshold to 0, so that calls go on to the endpoints that are left.',
    bad: ordersDestinationRule(`outlierDetection:
  consecutive5xxErrors: 5`),
    good: ordersDestinationRule(`outlierDetection:
  consecutive5xxErrors: 5
  maxEjectionPercent: 100`),
  },
  check({ index, textOf }) {
    return trafficPolicies(index).flatMap(({ policy, rule, host, subset }) => {
      const detection = entryOf(policy, 'outlierDetection');
      if (detection === undefined || detection.value.kind !== 'map') return [];
      const written = entryOf(detection.value, 'maxEjectionPercent');
      const cap = written === undefined ? defaultCap : numberAt(detection.value, 'maxEjectionPercent');
      // A cap of 0 switches it off on purpose.
      if (cap === undefined || (cap === 0 && written !== undefined)) return [];
      const endpoints = subset === undefined ? endpointsOf(host, rule.namespace, index) : undefined;
      const isNone = endpoints === undefined ? cap <= defaultCap : (cap * endpoints) / 100 < 1;
      if (!isNone || endpoints === 0) return [];
      const title = titleOf(rule);
      const edits =
        written === undefined
          ? addEntry(textOf(detection.value.at.uri), detection.value, 'maxEjectionPercent: 100')
          : replaceValue(written.value, '100');
      const of = endpoints === undefined ? 'below ten endpoints' : `of ${counted(endpoints, 'endpoint')}`;
      return [
        finding(
          written === undefined ? detection.at : placeOfEntry(written),
          `${title}: at most ${cap}% may be ejected${written === undefined ? ' (the default)' : ''}, and ${of} that is none: what fails stays in use. Write maxEjectionPercent: 100.`,
          {
            severity: endpoints === undefined ? 'warning' : 'error',
            subject: title,
            ...(subset === undefined ? {} : { about: subset }),
            fixes: [textFix('Write maxEjectionPercent: 100', edits)],
          },
        ),
      ];
    });
  },
};
