/** Jobs and CronJobs. */
import { describe, expect, it } from 'vitest';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

async function tree(job: string, settings = ''): Promise<GeneratedTree> {
  return generateManifests(
    await modelOf(`
model m { ${settings} }
region r { id "r"  zones a, b, c }
region s { zones a }
queue work { engine nats  managed by provider
  runs 1 in r }
job report { image "x/report:1"  runs 1 in r  runs 1 in s as hot standby  ${job} }
`),
    noOwnFiles,
  );
}

describe('jobs', () => {
  it.each([
    ['repeats every 1d at 02:30', '30 2 * * *', 86_400],
    ['repeats every 1d at 9:05 takes 10m', '5 9 * * *', 86_400],
    ['repeats every 15m', /^(\*|\d+-59)\/15 \* \* \* \*$/, 900],
    ['repeats every 6h', /^\d+ (\*|\d+-23)\/6 \* \* \*$/, 21_600],
    ['repeats every 1w at 03:00', /^0 3 \* \* [0-6]$/, 604_800],
  ])('%s', async (repeats, schedule, every) => {
    const spec = at(parsed(await tree(repeats), 'base/report/cron-job.yaml'), 'spec');
    expect(at(spec, 'schedule')).toEqual(typeof schedule === 'string' ? schedule : expect.stringMatching(schedule));
    expect(spec).toMatchObject({
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: every / 2,
      jobTemplate: { spec: { activeDeadlineSeconds: every } },
    });
  });

  it('says what cron cannot, and runs more often', async () => {
    const written = await tree('repeats every 7h');
    expect(messages(written)).toContain('report: cron cannot say every 25200 s; it runs every 21600 s.');
  });

  it('runs in the model’s time zone', async () => {
    const spec = at(
      parsed(await tree('repeats every 1d at 02:00', 'timezone "Asia/Shanghai"'), 'base/report/cron-job.yaml'),
      'spec',
    );
    expect(at(spec, 'timeZone')).toBe('Asia/Shanghai');
  });

  it('two jobs of one interval do not start together', async () => {
    const written = generateManifests(
      await modelOf(`region r { zones a }
job a { image "x/a:1"  runs 1 in r  repeats every 1d }
job b { image "x/b:1"  runs 1 in r  repeats every 1d }`),
      noOwnFiles,
    );
    const schedules = ['a', 'b'].map((name) => at(parsed(written, `base/${name}/cron-job.yaml`), 'spec', 'schedule'));
    expect(new Set(schedules).size).toBe(2);
  });

  it('runs where it is active, and waits where it stands by', async () => {
    const written = await tree('repeats every 1d');
    const suspended = (region: string): unknown =>
      at(parsed(written, `overlays/${region}/default/patches/report.cron-job.yaml`), 'spec', 'suspend');
    expect([suspended('r'), suspended('s')]).toEqual([false, true]);
  });

  it('ends beside a sidecar, and keeps what failed', async () => {
    const spec = at(
      parsed(await tree('repeats every 1d', 'mesh istio'), 'base/report/cron-job.yaml'),
      'spec',
      'jobTemplate',
      'spec',
    );
    expect(at(spec, 'template', 'metadata', 'annotations')).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
    expect(at(spec, 'template', 'spec', 'restartPolicy')).toBe('Never');
    expect(at(spec, 'template', 'spec', 'containers', 0, 'lifecycle')).toBeUndefined();
  });

  it('is started by hand where nobody says how often', async () => {
    const written = await tree('');
    expect(at(parsed(written, 'base/report/job.yaml'), 'spec', 'suspend')).toBe(true);
    expect(messages(written)).toContain('report: it does not say how often it runs, so its Job is suspended.');
  });

  it('that works off a queue runs for as long as the queue does', async () => {
    expect(paths(await tree('consumes from work'))).toContain('base/report/deployment.yaml');
  });

  it(
    'validate strictly',
    async () => {
      expect(complaints([await tree('repeats every 1d at 02:00', 'mesh istio  timezone UTC'), await tree('')])).toBe('');
    },
    validationTimeout,
  );
});
