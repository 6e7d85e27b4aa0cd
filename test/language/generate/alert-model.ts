/** A model with every kind of alert, and its rules by name. */
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { rulesOf, type WrittenRule } from './promql-checker.js';

export const alertText = (mesh: string): string => `
model shop "Shop" { ${mesh}  kubernetes "1.33"  namespace shop  runbook "https://wiki.example.com/shop" }
region north { provider aws id "eu-north-1" zones a, b, c }
region south { provider aws id "eu-south-1" zones a, b, c }
region east { provider aws id "eu-east-1" zones a }
bucket vault in east { id "acme-vault" }
gateway edge tier 0 { image "x/e:1"  port http 8080  runs 3 in north  runs 3 in south as hot standby  routes "/" to orders }
service orders tier 0 {
  image "x/o:1"  port http 8080  runs 3 in north  runs 3 in south as hot standby  needs 2
  requires orders-db, ledger
  objective { availability 99.9%  region-loss { rto 15m  rpo 1m } }
}
service pricing tier 2 { image "x/p:1"  port grpc 9090  runs 2 in north  objective { availability 99% } }
service slack tier 3 { image "x/s:1"  port http 80  runs 2 in north  objective { availability 50% } }
database orders-db tier 0 {
  engine postgres "16"  managed by operator zalando  runs 1 in north  runs 1 in south as hot standby
  replicates async to south lag 5s
}
database carts tier 0 {
  engine postgres "16"  image "x/pg:16"  port tcp 5432  runs 1 in north  size 10GiB
  backup nightly { full every 1d at 02:00 takes 40m  copies to vault takes 20m  keeps 35d  tolerates 1 failed runs  image "x/d:1"  mounts secret d }
  objective { availability 99.5% }
}
database ledger tier 1 {
  engine generic  image "x/l:1"  port tcp 5432  runs 3 in north  size 10GiB
  backup hourly { snapshot every 1h  copies to vault  keeps 7d  alerts on age, failure, size }
}
journey buy tier 0 { requires edge, orders  objective { availability 99.9% } }
scenario north-lost { fails north  expect buy up }
scenario south-lost { fails south  expect buy up }
drill north-lost on 2026-09-14 { measured rto 12m }
`;

export const alertTreeOf = async (mesh = 'mesh istio "1.28"'): Promise<GeneratedTree> =>
  generateManifests(await modelOf(alertText(mesh)), noOwnFiles);

/** The alerts of a name with these labels. */
export function alertsOf(tree: GeneratedTree, name: string, labels: Readonly<Record<string, string>>): readonly WrittenRule[] {
  return rulesOf(tree).filter(
    (rule) => rule.alert === name && Object.entries(labels).every(([label, value]) => rule.labels[label] === value),
  );
}
