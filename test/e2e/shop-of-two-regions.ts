/** A shop that a region may fail: what requires a copy with a lag, and a service of one instance. */
export const shopOfTwoRegions = `model shop { }

region north { zones a, b, c }
region south { zones a, b }

journey buy tier 0 {
  requires orders
  objective { region-loss { rto 5m  rpo 1m } }
}

service orders tier 0 {
  runs 3 in north
  runs 2 in south as hot standby
  failover { detect 10s  decide automatic  switch dns ttl 30s }
  requires stock
}

database stock tier 0 {
  runs 3 in north
  runs 1 in south as hot standby
  replicates async to south lag 5s
  failover { detect 30s  decide automatic  promote 60s  switch dns ttl 30s }
}

service ads {
  runs 1 in north
}

scenario dark "Lights out in the north" {
  fails north for 2h
  expect buy up
}
`;
