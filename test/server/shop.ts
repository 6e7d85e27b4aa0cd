/** A model with one finding of most kinds that a test asks for: two regions, a single replica, no backup. */
export const shop = `model shop { mesh istio  namespace shop }
region cn-north "Beijing" { mtbf 3y  mttr 4h  zones a, b, c }
region cn-south { mtbf 3y  mttr 4h  zones x, y }

/** Takes orders. */
service orders "Orders" tier 0 {
  runs 1 in cn-north
  mtbf 30d  mttr 2m
  requires orders-db { timeout 200ms  writes }
  objective {
    availability 99.95%
    region-loss { rto 15m rpo 1m }
  }
}

database orders-db tier 0 {
  engine postgres "16"
  runs 2 in cn-north
  runs 1 in cn-south as hot standby
  replicates sync within cn-north
  replicates async to cn-south lag 5s
  failover { detect 10s  decide automatic  promote 60s  switch mesh }
}

cache backup { runs 2 in cn-north }
bucket vault in cn-south { locked 35d }

journey place-order tier 0 {
  requires orders
  objective { availability 99.9% }
}
`;
