import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { checkModel, checkWith } from '../../../language/rules/check.js';
import { rules } from '../../../language/rules/registry.js';
import type { Finding, Rule } from '../../../language/rules/rule.js';
import { modelOf, parseFiles } from '../model-of.js';
import { fixtures } from './fixtures.js';
import { fixed, judge, testDay } from './judged.js';

const regions = 'region north { zones a, b, c }\nregion south { zones a, b }\n';

/** `error DR001 orders` of every finding, accepted ones marked. */
function lines(findings: readonly Finding[]): readonly string[] {
  return findings.map(
    (finding) => `${finding.accepted === undefined ? '' : 'accepted '}${finding.severity} ${finding.code} ${finding.subject}`,
  );
}

describe('one cause, one finding', () => {
  const text = `${regions}
service orders { runs 1 in north }`;

  it('DR001 replaces DR002 on the component, and keeps its severity', async () => {
    const { findings } = await judge(`${text}\njourney buy tier 0 { requires orders }`);
    expect(lines(findings).filter((line) => line.endsWith(' orders'))).toEqual(['error DR001 orders']);
    const lowTier = await judge(`${regions}service orders tier 3 { runs 1 in north }\njourney buy tier 0 { requires orders }`);
    // That it is called less critical than the journey is another cause.
    expect(
      lines(lowTier.findings)
        .filter((line) => line.endsWith(' orders'))
        .sort(),
    ).toEqual(['error DR001 orders', 'error DR021 orders']);
  });

  it('with DR001 off, DR002 speaks', async () => {
    const { findings } = await judge(`${text}\njourney buy tier 0 { requires orders }`, { rules: { DR001: 'off' } });
    expect(lines(findings).filter((line) => line.endsWith(' orders'))).toEqual(['error DR002 orders']);
  });

  it('a site goes where others speak of all that it takes, and what they say is as severe', async () => {
    const of = (tier: string) => `${regions}
service orders { runs 3 in north.a }
service stock${tier} { runs 3 in north.a }
journey buy tier 0 { requires orders, stock }`;
    const ofPlaces = async (tier: string) =>
      lines((await judge(of(tier))).findings).filter((line) => line.includes('north.a') || line.includes('DR010'));
    expect(await ofPlaces('')).toEqual(['error DR010 orders', 'error DR010 stock']);
    // Nobody speaks of what is tier 3: the zone stays, and DR010 is as severe as it was.
    expect(await ofPlaces(' tier 3')).toEqual(['error DR002 north.a', 'warning DR010 orders']);
  });
});

describe('settings', () => {
  it('give severities, and leave information alone', async () => {
    const text = `${regions}
database ledger {
  runs 3 in north
  runs 1 in south as hot standby
  replicates async to south
  objective { region-loss { rpo 1m } }
}
service orders tier 0 { runs 1 in north }`;
    const { findings } = await judge(text, { rules: { DR001: 'info', DR030: 'error', DR056: 'off' } });
    expect(lines(findings)).toEqual(['info DR030 ledger', 'info DR001 orders']);
  });

  it('give severities by the tier of what a finding is about, inherited ones too', async () => {
    const text = `${regions}
service front tier 0 { runs 3 in north  requires orders }
service orders { runs 1 in north }
service batch tier 3 { runs 1 in north }`;
    const { findings } = await judge(text, { rules: { DR001: { tier0: 'info', other: 'off' } } });
    expect(lines(findings).filter((line) => line.includes('DR001'))).toEqual(['info DR001 orders']);
  });
});

describe('acceptances', () => {
  const accepting = 'accepts DR002 until 2027-01-01 by "team" because "priced for next year"';

  it('of a journey hold for this journey, not for another', async () => {
    const { findings } = await judge(`${regions}
external adyen { availability 99.9% }
journey buy tier 1 { requires adyen  ${accepting} }
journey pay tier 1 { requires adyen }`);
    expect(lines(findings)).toEqual(['accepted error DR002 buy', 'error DR002 adyen']);
    expect(findings[0]?.accepted).toMatchObject({ until: '2027-01-01', owner: 'team', reason: 'priced for next year' });
  });

  it('of a region hold for its zones, those of the model for everything', async () => {
    const shop = 'service orders tier 3 { runs 3 in north.a }\njourney buy tier 1 { requires orders }';
    const inRegion = await judge(`region north { zones a, b  ${accepting} }\n${shop}`);
    expect(lines(inRegion.findings).filter((line) => line.includes('DR002'))).toEqual([
      'accepted warning DR002 north',
      'accepted error DR002 north.a',
    ]);
    const inModel = await judge(`model shop { ${accepting} }\nregion north { zones a, b }\n${shop}`);
    expect(lines(inModel.findings).filter((line) => line.includes('DR002'))).toEqual([
      'accepted warning DR002 north',
      'accepted error DR002 north.a',
    ]);
  });

  it('of a zone hold for that zone alone, those of an inner block for what stands in it', async () => {
    const shop =
      'service orders tier 3 { runs 2 in north.a }\nservice stock tier 3 { runs 2 in north.b }\njourney buy tier 1 { requires orders, stock }';
    const inZone = await judge(`region north { zone a { ${accepting} }  zone b { } }\n${shop}`);
    const ofZones = lines(inZone.findings).filter((line) => / DR002 north\./.test(line) || line.includes('DR098'));
    expect(ofZones).toEqual(['accepted error DR002 north.a', 'error DR002 north.b']);
    const inBlock = await judge(
      `${regions}service orders { runs 3 in north  rollout { ${accepting} } }\njourney buy { requires orders }`,
    );
    expect(lines(inBlock.findings)).toContain('warning DR098 DR002');
  });

  it('that have expired bring the finding back and are findings', async () => {
    const { findings } = await judge(
      `${regions}service orders tier 1 { runs 1 in north  accepts DR001 until 2026-11-20 because "x" }`,
    );
    expect(lines(findings)).toEqual(['error DR001 orders', 'warning DR097 DR001']);
  });

  it('that silence nothing are findings with a fix that is safe', async () => {
    const text = `${regions}service orders tier 1 {\n  runs 3 in north\n  accepts DR001 because "x"\n}\n`;
    const { findings } = await judge(text);
    expect(lines(findings)).toEqual(['warning DR098 DR001']);
    const [fix] = findings[0]?.fixes ?? [];
    if (fix === undefined) throw new Error('There is no fix.');
    expect(fix.safe).toBe(true);
    expect(fixed(text, fix)).toBe(`${regions}service orders tier 1 {\n  runs 3 in north\n}\n`);
  });

  it('of rules that are off or to come are left alone', async () => {
    const text = `${regions}service orders tier 1 { runs 3 in north  accepts DR001 because "x"  accepts DR090 because "y" }`;
    expect(lines((await judge(text, { rules: { DR001: 'off' } })).findings)).toEqual([]);
  });
});

describe('checkModel', () => {
  it('is total: a rule that fails is a finding, and the others are judged', async () => {
    const model = await modelOf(`model shop { }\n${regions}service orders tier 0 { runs 1 in north }`);
    const failing: Rule = {
      ...(rules[1] as Rule),
      check() {
        throw new Error('no such thing');
      },
    };
    const findings = checkWith([failing, ...rules.slice(0, 1)], model, analyze(model, { asOf: testDay }), {});
    expect(lines(findings)).toEqual(['warning DR099 DR002', 'error DR001 orders']);
    expect(findings[0]?.message).toContain('no such thing');
  });

  it('says the same twice, in the order of files, offsets and codes', async () => {
    const files = {
      'shop.drml':
        'import "./platform.drml"\nmodel shop { }\njourney buy tier 0 { requires orders }\nservice orders { runs 1 in north  requires adyen }\n',
      'platform.drml': `${regions}external adyen { availability 99.9% }\nservice zz tier 0 { runs 1 in north }\n`,
    };
    const { model } = await parseFiles(files);
    const once = checkModel(model, analyze(model, { asOf: testDay }));
    const again = checkModel((await parseFiles(files)).model, analyze(model, { asOf: testDay }));
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    const places = once.map(
      (finding) => `${finding.at.uri.endsWith('shop.drml') ? 2 : 1} ${String(finding.at.start).padStart(5, '0')} ${finding.code}`,
    );
    expect(places).toEqual([...places].sort());
    expect(new Set(once.map((finding) => finding.at.uri)).size).toBe(2);
  });

  it('finds nothing in an empty file and nothing but plain data anywhere', async () => {
    expect((await judge('')).findings).toEqual([]);
    for (const { text } of fixtures().slice(0, 8)) {
      const { findings } = await judge(text);
      expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
    }
  });

  it('judges a ladder and a ring of a thousand components without a wait', async () => {
    const rungs = Array.from(
      { length: 1000 },
      (_, index) => `service s${index} tier 2 { runs 2 in north  requires s${index + 1} }`,
    );
    const ladder = await modelOf(`${regions}${rungs.join('\n')}\nservice s1000 { runs 2 in north }`);
    const ring = await modelOf(`${regions}${rungs.join('\n')}\nservice s1000 { runs 2 in north  requires s0 }`);
    const started = performance.now();
    expect(checkModel(ladder, analyze(ladder, { asOf: testDay })).filter((finding) => finding.code === 'DR020')).toEqual([]);
    expect(checkModel(ring, analyze(ring, { asOf: testDay })).filter((finding) => finding.code === 'DR020')).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
