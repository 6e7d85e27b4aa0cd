/** Texts and how they are laid out; what is wanted is also what the formatter leaves alone. */
export interface FormatFixture {
  readonly name: string;
  readonly text: string;
  readonly wanted: string;
}

const names = Array.from({ length: 12 }, (_, index) => `service-number-${index + 1}`);

export const formatFixtures: readonly FormatFixture[] = [
  {
    name: 'a list that is too long goes on after a comma',
    text: `journey buy { requires ${names.join(', ')} }\n`,
    wanted: `journey buy {
  requires service-number-1, service-number-2, service-number-3, service-number-4, service-number-5,
      service-number-6, service-number-7, service-number-8, service-number-9, service-number-10,
      service-number-11, service-number-12
}
`,
  },
  {
    name: 'the statement behind a wrapped one has a line of its own',
    text: `journey buy {
  requires ${names.slice(0, 7).join(', ')}  owner "me"
}
`,
    wanted: `journey buy {
  requires service-number-1, service-number-2, service-number-3, service-number-4, service-number-5,
      service-number-6, service-number-7
  owner "me"
}
`,
  },
  {
    name: 'the block behind a wrapped list stays on the line where it fits',
    text: `journey buy {\n  requires ${names.slice(0, 7).join(',')} { timeout 1s }\n}\n`,
    wanted: `journey buy {
  requires service-number-1, service-number-2, service-number-3, service-number-4, service-number-5,
      service-number-6, service-number-7 { timeout 1s }
}
`,
  },
  {
    name: 'lists that the author wrapped stay wrapped',
    text: 'journey buy {\n  requires a,\n  b,\n  c\n}\n',
    wanted: 'journey buy {\n  requires a,\n      b,\n      c\n}\n',
  },
  {
    name: 'a head that is too long',
    text: `bucket vault "Where all the copies of everything lie, for a very long time" in north-of-here, south-of-here, east-of-here, west-of-here { }\n`,
    wanted: `bucket vault "Where all the copies of everything lie, for a very long time" in north-of-here, south-of-here,
    east-of-here, west-of-here { }
`,
  },
  {
    name: 'a reason that is too long, and one that is not',
    text: `service s {
  accepts DR007 until 2027-03-01 by "team-orders" because "a second provider is priced for next year, and the board knows it"
  accepts DR008
  because "short"
}
`,
    wanted: `service s {
  accepts DR007 until 2027-03-01 by "team-orders"
      because "a second provider is priced for next year, and the board knows it"
  accepts DR008 because "short"
}
`,
  },
  {
    name: 'a block that is too long opens, the blocks in it do not',
    text: `database d { backup nightly { full every 1d at 02:00 takes 40m  log every 5m  copies to vault takes 20m  keeps 35d } failover { detect 10s } }\n`,
    wanted: `database d {
  backup nightly { full every 1d at 02:00 takes 40m  log every 5m  copies to vault takes 20m  keeps 35d }
  failover { detect 10s }
}
`,
  },
  {
    name: 'a long block inside an open one opens too',
    text: `service s {
  requires a { timeout 800ms  retries 1 each 300ms backoff 50ms  idempotent  reads  payload 20KiB  trips 3  fallback "x" }
}
`,
    wanted: `service s {
  requires a {
    timeout 800ms  retries 1 each 300ms backoff 50ms  idempotent  reads  payload 20KiB  trips 3  fallback "x"
  }
}
`,
  },
  {
    name: 'comments in a list',
    text: 'journey buy {\n  requires a, // first\nb, /* second */ c\n  // own\n}\n',
    wanted: 'journey buy {\n  requires a,  // first\n      b, /* second */ c\n  // own\n}\n',
  },
];
